import { encodeId } from '../../../kernel/id.ts';
import { amountOf, jsonAmount } from '../../../kernel/money.ts';
import { type Refusal, refused } from '../../../kernel/outcome.ts';
import { startOfDay, type Validity, validUntil } from '../../../kernel/time.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import { type Scope, scopeAnswer } from '../../catalog/index.ts';
import { type Account, accountsOf, type Book, ownerAnd } from '../../ledger/index.ts';

/** What a coupon takes off: a sum, or parts per million of what the goods come to, up to a sum. */
export type CouponOff =
  | { readonly type: 'amount'; readonly amount: number }
  | { readonly type: 'percent'; readonly ppm: number; readonly most: number | null };

export type CouponTerms = {
  readonly off: CouponOff;
  /** What the goods that it is for must come to, after what members get off. */
  readonly minimum: number;
  readonly scope: Scope;
  /** From which day on it can be used; null: at once. */
  readonly from: string | null;
  /** How long it is good, from when it can be used. */
  readonly validity: Validity;
};

/** What all coupons of a kind share. The terms never change: what somebody was given stays what it was. */
export type CouponTemplate = {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly terms: CouponTerms;
  /** How many may be given in all; null: no limit. */
  readonly issueMax: bigint | null;
  readonly state: 'active' | 'ended';
  /** When all of them are over, where that is one day for all; exclusive. */
  readonly endsAt: Date | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
};

export const couponTemplates = entity<CouponTemplate>('couponTemplate', ({ id }) => id);
export const couponTemplateById = finder(couponTemplates, 'byId', ({ id }) => [id]);

/** The asset: uses of coupons are counted. */
export const couponAsset = 'coupon';
/** The merchant's end of all coupons of a template: an account each for what became of them. */
const templatePurpose = 'coupon_template';

/** What became of a coupon of a template. */
export type Fate = 'issued' | 'used' | 'lapsed' | 'withdrawn';

/** For `needs`: how many there are of a template. */
export function fatesOf(templateId: string, find: Find): readonly Account[] {
  return find.all(accountsOf, ownerAnd(templateId, templatePurpose));
}

/**
 * Where uses come from and go to. What was issued stands below zero, no lower than how many there may be: so the limit is
 * claimed by the posting itself. What was used can come back, and never more of it.
 */
export function fateOf(book: Book, { id, issueMax }: CouponTemplate, fate: Fate): Account {
  const terms = { ownerId: id, purpose: templatePurpose, asset: couponAsset, detail: fate };
  if (fate === 'issued') return book.account(terms, issueMax === null ? {} : { floor: -issueMax });
  return book.account(terms, { floor: 0n });
}

type Counts = {
  readonly issued: bigint;
  readonly used: bigint;
  readonly lapsed: bigint;
  readonly withdrawn: bigint;
  /** Neither used nor over. */
  readonly held: bigint;
};

/** How many there are, by what became of them. */
function countsIn(fates: readonly Account[]): Counts {
  const on = (fate: Fate) => fates.find(({ detail }) => detail === fate)?.balance ?? 0n;
  const issued = -on('issued');
  const [used, lapsed, withdrawn] = [on('used'), on('lapsed'), on('withdrawn')];
  return { issued, used, lapsed, withdrawn, held: issued - used - lapsed - withdrawn };
}

/** Whether it is over: ended by hand, or past its last day. */
function isOver({ state, endsAt }: CouponTemplate, now: Date): boolean {
  return state === 'ended' || (endsAt !== null && endsAt <= now);
}

/** Why so many cannot be given now, in check order. */
export function mayGive(
  template: CouponTemplate,
  fates: readonly Account[],
  count: bigint,
  now: Date,
): Refusal | undefined {
  if (isOver(template, now)) return refused('coupon_template_ended');
  const { issued } = countsIn(fates);
  if (template.issueMax === null || issued + count <= template.issueMax) return undefined;
  return refused('coupon_issue_limit', { detail: `${template.issueMax - issued} can still be given.` });
}

export type Term = { readonly usableFrom: Date | null; readonly usableUntil: Date | null };

/** From when to when a coupon that is given now can be used: to the end of a day in the merchant's zone. */
export function termAt({ from, validity }: CouponTerms, zone: string, now: Date): Term {
  const begins = from === null ? now : startOfDay(from, zone);
  const usableFrom = begins > now ? begins : null;
  return { usableFrom, usableUntil: validUntil(validity, usableFrom ?? now, zone) };
}

/** What a coupon says, as people read it; the same on the template and on each coupon of it. */
export function wordsOf({ name, currency, terms }: CouponTemplate) {
  const { off, minimum, scope } = terms;
  return { name, currency, off, minimum, scope: scopeAnswer(scope) };
}

/** The most that coupons can take off; undefined where there is no most. */
export function worthOf({ terms: { off } }: CouponTemplate, count: bigint): bigint | undefined {
  const most = off.type === 'amount' ? off.amount : off.most;
  return most === null ? undefined : amountOf(most) * count;
}

/** A template as the API shows it. */
export function templateAnswer(template: CouponTemplate, fates: readonly Account[], now: Date) {
  const { id, terms, issueMax, endsAt, createdAt, endedAt } = template;
  const { issued, used, lapsed, withdrawn, held } = countsIn(fates);
  return {
    id: encodeId('cpt', id),
    ...wordsOf(template),
    from: terms.from,
    validity: terms.validity,
    issueMax: issueMax === null ? null : jsonAmount(issueMax),
    state: isOver(template, now) ? ('ended' as const) : ('active' as const),
    issued: jsonAmount(issued),
    held: jsonAmount(held),
    used: jsonAmount(used),
    lapsed: jsonAmount(lapsed),
    withdrawn: jsonAmount(withdrawn),
    endsAt: endsAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
