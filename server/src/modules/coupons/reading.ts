import { assert } from '../../kernel/assert.ts';
import { encodeId } from '../../kernel/id.ts';
import { type Refusal, refused } from '../../kernel/outcome.ts';
import type { Db } from '../../platform/db/statement.ts';
import { lookUp } from '../../platform/executor/lookUp.ts';
import type { Actor } from '../../platform/executor/useCase.ts';
import { page } from '../../platform/http/page.ts';
import { catalogSql, isAboutGoods, scopeNames } from '../catalog/index.ts';
import { ledgerSql } from '../ledger/index.ts';
import { beyondScope, merchantsSql } from '../merchants/index.ts';
import { type Coupon, couponAnswer, mayWithdraw } from './coupon/coupon.ts';
import { type CouponFilter, couponsSql, listCoupons } from './store.ts';
import {
  type CouponTemplate,
  couponTemplateById,
  fatesOf,
  mayGive,
  templateAnswer,
} from './template/template.ts';

const sql = [...couponsSql, ...ledgerSql, ...merchantsSql, ...catalogSql];

const answered = (refusal: Refusal | undefined) =>
  refusal === undefined ? { ok: true } : { ok: false, reason: refusal.refused };
const lacks = ({ permissions }: Actor, permission: string): Refusal | undefined =>
  permissions.has(permission) ? undefined : refused('permission_denied');

/** Templates with how many there are of each, and what who asks may do with it. */
export async function shownTemplates(
  db: Db,
  merchantId: string,
  templates: readonly CouponTemplate[],
  actor: Actor,
  now: Date,
) {
  const fates = await lookUp(sql, db, merchantId, (find) => templates.map(({ id }) => fatesOf(id, find)));
  return templates.map((template, n) => {
    const own = fates[n] ?? [];
    const ended = template.state === 'ended' ? refused('coupon_template_ended') : undefined;
    return {
      ...templateAnswer(template, own, now),
      allowed: {
        give: answered(lacks(actor, 'coupons.give') ?? mayGive(template, own, 1n, now)),
        end: answered(lacks(actor, 'coupons.manage') ?? beyondScope(actor, null) ?? ended),
      },
    };
  });
}

/** One template; undefined where there is none. */
export function readTemplate(db: Db, merchantId: string, id: string): Promise<CouponTemplate | undefined> {
  return lookUp(sql, db, merchantId, (find) => find.one(couponTemplateById, id));
}

async function withTemplates(db: Db, merchantId: string, coupons: readonly Coupon[]) {
  const templates = await lookUp(sql, db, merchantId, (find) =>
    coupons.map(({ templateId }) => {
      const template = find.one(couponTemplateById, templateId);
      // For the names in it.
      return { template, names: template && scopeNames(template.terms.scope, find) };
    }),
  );
  return coupons.map((coupon, n) => {
    const { template, names } = templates[n] ?? {};
    assert(template !== undefined && names !== undefined, 'a coupon has its template');
    return { coupon, template, names };
  });
}

/** A page of coupons as staff see them. */
export async function couponPage(
  db: Db,
  merchantId: string,
  filter: CouponFilter,
  { actor, now }: { readonly actor: Actor; readonly now: Date },
) {
  const found = await listCoupons(db, merchantId, { ...filter, limit: filter.limit + 1 }, now);
  return page(
    await withTemplates(db, merchantId, found),
    filter.limit,
    ({ coupon, template }) => ({
      ...couponAnswer(coupon, template, now),
      allowed: { withdraw: answered(lacks(actor, 'coupons.withdraw') ?? mayWithdraw(coupon, now)) },
    }),
    ({ coupon }) => encodeId('cpn', coupon.id),
  );
}

/** A page of coupons as the member sees them whose they are. */
export async function ownCouponPage(db: Db, merchantId: string, filter: CouponFilter, now: Date) {
  const found = await listCoupons(db, merchantId, { ...filter, limit: filter.limit + 1 }, now);
  return page(
    await withTemplates(db, merchantId, found),
    filter.limit,
    ({ coupon, template, names }) => {
      const { memberId: _whose, topUpId: _with, cause: _why, ...facts } = couponAnswer(coupon, template, now);
      const { scope } = template.terms;
      const isBound = scope.storeIds.length > 0 || isAboutGoods(scope);
      return { ...facts, scope: isBound ? names : null };
    },
    ({ coupon }) => encodeId('cpn', coupon.id),
  );
}
