import { z } from 'zod';
import { isRefused } from '../../../kernel/outcome.ts';
import { type Route, visitRoute } from '../../../platform/http/route.ts';
import { goodForMs, shownForMs } from '../../cards/index.ts';
import { signedIn, slugParams } from '../../members/index.ts';
import { shownCode, tag } from '../cardRoutes.ts';
import type { WalletParts } from '../parts.ts';

/** What tells the counter who somebody is: a payment code of no card, by which no card pays. */
export function memberCodeRoute(parts: WalletParts): Route {
  return visitRoute({
    path: '/v1/wallet/:slug/member-code',
    tag,
    access: 'member',
    summary: 'What to show at the counter now, so that it knows me and shows what I have',
    params: slugParams,
    body: z.strictObject({}),
    status: 201,
    answer: shownCode,
    async visit({ params }, caller) {
      const session = await signedIn(parts, params.slug, caller);
      if (isRefused(session)) return session;
      const now = parts.clock();
      const { merchant, memberId } = session;
      // Where a card's id would stand is the member's own, which no card has.
      const of = { merchantId: merchant.id, cardId: memberId, memberId };
      const code = parts.desk.paymentCode(of, now, parts.random);
      const expiresAt = new Date(now.getTime() + goodForMs).toISOString();
      return { body: { code, nextIn: shownForMs / 1000, expiresAt } };
    },
  });
}
