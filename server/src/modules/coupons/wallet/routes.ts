import { isRefused } from '../../../kernel/outcome.ts';
import { read } from '../../../platform/db/read.ts';
import { type Route, visitRoute } from '../../../platform/http/route.ts';
import { pageOf } from '../../../platform/http/shapes.ts';
import { type MemberParts, recordsOf, signedIn, slugParams } from '../../members/index.ts';
import { ownCouponPage } from '../reading.ts';
import { memberCouponQuery, OwnCoupon } from '../shapes.ts';

/** What members see of their coupons. */
export function ownCouponRoutes(parts: MemberParts): readonly Route[] {
  return [
    visitRoute({
      method: 'GET',
      path: '/v1/wallet/:slug/coupons',
      tag: 'Wallet',
      access: 'member',
      summary: 'My coupons, newest first',
      params: slugParams,
      query: memberCouponQuery,
      answer: pageOf(OwnCoupon),
      async visit({ params, query: { cursor = null, limit, state = null } }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const { merchant, memberId } = session;
        const body = await read(parts.readers, merchant.id, async (db) => {
          const memberIds = await recordsOf(db, merchant.id, memberId);
          const filter = { before: cursor, limit, memberIds, templateId: null, state };
          return ownCouponPage(db, merchant.id, filter, parts.clock());
        });
        return { body };
      },
    }),
  ];
}
