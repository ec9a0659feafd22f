import { isRefused, refused } from '../../../kernel/outcome.ts';
import { read } from '../../../platform/db/read.ts';
import { lookUp } from '../../../platform/executor/lookUp.ts';
import { fieldsOf } from '../../../platform/http/merge.ts';
import { type Route, visitRoute } from '../../../platform/http/route.ts';
import { type MemberParts, membersSql, signedIn, slugParams } from '../../members/index.ts';
import { merchantsSql } from '../../merchants/index.ts';
import { overview } from '../overview.ts';
import { membershipRows } from '../rows.ts';
import { OverviewAnswer, OwnRenewalBody, SoldAnswer } from '../shapes.ts';
import { membershipsSql } from '../store.ts';
import { membershipOf } from '../term/membership.ts';
import { renewOwnMembership } from '../term/renew.ts';

const tag = 'Wallet';
const tables = [...membershipsSql, ...membersSql, ...merchantsSql];

/** What members see of what they have by plan and tier, and what they do with it. */
export function ownMembershipRoutes(parts: MemberParts): readonly Route[] {
  return [
    visitRoute({
      method: 'GET',
      path: '/v1/wallet/:slug/membership',
      tag,
      access: 'member',
      summary: 'What one has by plan and tier, and how far the next tier is',
      params: slugParams,
      status: 200,
      answer: OverviewAnswer,
      async visit({ params }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const { merchant, memberId } = session;
        const rows = await read(parts.readers, merchant.id, (db) =>
          lookUp(tables, db, merchant.id, (find) => membershipRows(memberId, find)),
        );
        return { body: overview(rows, caller.now) };
      },
    }),
    renewalRoute(parts),
  ];
}

function renewalRoute(parts: MemberParts): Route {
  return visitRoute({
    path: '/v1/wallet/:slug/membership/renewals',
    tag,
    access: 'member',
    movesValue: true,
    summary: 'Renew my membership out of what I have prepaid',
    params: slugParams,
    body: OwnRenewalBody,
    status: 201,
    answer: SoldAnswer,
    async visit({ params, body: { amount } }, caller) {
      const session = await signedIn(parts, params.slug, caller);
      if (isRefused(session)) return session;
      const { idempotencyKey } = caller;
      if (idempotencyKey === null) return refused('idempotency_key_required');
      const { merchant, memberId } = session;
      const held = await read(parts.readers, merchant.id, (db) =>
        lookUp(tables, db, merchant.id, (find) => membershipOf(memberId, find)),
      );
      if (!held) return refused('membership_not_found');
      const asked = `${memberId}|${renewOwnMembership.name}|${held.id}|${amount}`;
      const replay = {
        idempotencyKey: `wallet|${memberId}|${idempotencyKey}`,
        fingerprints: parts.vault.fingerprints(asked),
      };
      const input = { membershipId: held.id, memberId, amount };
      const given = await parts.asWallet(merchant.id, renewOwnMembership, input, replay);
      return 'refusal' in given ? given.refusal : { body: fieldsOf(given.body, SoldAnswer) };
    },
  });
}
