import { z } from 'zod';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { read } from '../../../platform/db/read.ts';
import { lookUp } from '../../../platform/executor/lookUp.ts';
import { fieldsOf } from '../../../platform/http/merge.ts';
import { type Route, visitRoute } from '../../../platform/http/route.ts';
import { claim, type MemberParts, signedIn, slugParams } from '../../members/index.ts';
import { batchOfNumber, faceOf } from '../face.ts';
import { canonicalNumber } from '../number.ts';
import type { RechargeDesk } from '../secrets.ts';
import { FaceAnswer, numberIn, passwordIn, UsedAnswer } from '../shapes.ts';
import { rechargeCardsSql } from '../store.ts';
import { useOwnRechargeCard } from '../useCard.ts';

export type OwnRechargeParts = MemberParts & { readonly recharge: RechargeDesk };

const tag = 'Wallet';

/** What a member does with a recharge card: look at what its number says, then put it on the wallet. */
export function ownRechargeRoutes(parts: OwnRechargeParts): readonly Route[] {
  return [
    visitRoute({
      path: '/v1/wallet/:slug/recharge-cards/look',
      tag,
      access: 'member',
      summary: 'What a recharge card is worth, by its number alone',
      params: slugParams,
      body: z.strictObject({ number: numberIn }),
      answer: FaceAnswer,
      async visit({ params, body }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const merchantId = session.merchant.id;
        const limited = await guessing(parts, merchantId, caller.network);
        if (limited) return limited;
        const number = canonicalNumber(body.number);
        const { batch } = await read(parts.readers, merchantId, (db) =>
          lookUp(rechargeCardsSql, db, merchantId, (find) => ({ batch: batchOfNumber(number, find) })),
        );
        const face = faceOf(number, batch);
        return isRefused(face) ? face : { body: face };
      },
    }),
    visitRoute({
      path: '/v1/wallet/:slug/recharge-cards/use',
      tag,
      access: 'member',
      movesValue: true,
      summary: 'Put a recharge card’s worth on my wallet, by number and password; once',
      params: slugParams,
      body: z.strictObject({ number: numberIn, password: passwordIn }),
      status: 201,
      answer: UsedAnswer,
      async visit({ params, body }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const { merchant, memberId } = session;
        const limited = await guessing(parts, merchant.id, caller.network);
        if (limited) return limited;
        const { idempotencyKey } = caller;
        if (idempotencyKey === null) return refused('idempotency_key_required');
        const presented = parts.recharge.present(merchant.id, body.number, body.password);
        const replay = {
          idempotencyKey: `wallet|${memberId}|${idempotencyKey}`,
          fingerprints: parts.vault.fingerprints(
            `${memberId}|recharge|${presented.number}|${[...presented.hashes.values()].join()}`,
          ),
        };
        const input = { memberId, presented, storeId: undefined };
        const given = await parts.asWallet(merchant.id, useOwnRechargeCard, input, replay);
        return 'refusal' in given ? given.refusal : { body: fieldsOf(given.body, UsedAnswer) };
      },
    }),
  ];
}

/** Counts what somebody without a key tries. */
function guessing(parts: OwnRechargeParts, merchantId: string, network: string) {
  return claim(parts, merchantId, [{ what: 'lookFromAddress', whom: network }], parts.clock());
}
