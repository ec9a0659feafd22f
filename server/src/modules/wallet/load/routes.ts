import { z } from 'zod';
import { isRefused } from '../../../kernel/outcome.ts';
import { fieldsOf } from '../../../platform/http/merge.ts';
import { type Route, type Visit, visitRoute } from '../../../platform/http/route.ts';
import { amountJson, currencyCode, idOut, instant } from '../../../platform/http/shapes.ts';
import { type SignedIn, signedIn, slugParams } from '../../members/index.ts';
import { MoneyAnswer } from '../../wallets/index.ts';
import { cardParams, codeBody, guessing, tag } from '../cardRoutes.ts';
import { replayOf, type WalletParts } from '../parts.ts';
import { type LoadCardInput, loadCard } from './loadCard.ts';

const LoadedAnswer = z.object({
  id: idOut('act'),
  cardId: idOut('card'),
  maskedCode: z.string(),
  currency: currencyCode,
  amount: amountJson,
  balance: MoneyAnswer,
  createdAt: instant,
});

/** How what is on a gift card comes onto the wallet. */
export function loadRoutes(parts: WalletParts): readonly Route[] {
  return [
    visitRoute({
      path: '/v1/wallet/:slug/gift-cards/load',
      tag,
      access: 'member',
      movesValue: true,
      summary: 'Move all that is on a gift card to my wallet, by its code and PIN',
      params: slugParams,
      body: codeBody,
      status: 201,
      answer: LoadedAnswer,
      async visit({ params, body }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const limited = await guessing(parts, session.merchant.id, caller.network);
        if (limited) return limited;
        const presented = parts.desk.present(session.merchant.id, body.code, body.pin);
        const what = `load|${body.code}|${body.pin ?? ''}`;
        return carry(parts, session, caller, { card: { presented }, what });
      },
    }),
    visitRoute({
      path: '/v1/wallet/:slug/cards/:id/load',
      tag,
      access: 'member',
      movesValue: true,
      summary: 'Move all that is on one of my cards to my wallet',
      params: cardParams,
      body: z.strictObject({}),
      status: 201,
      answer: LoadedAnswer,
      async visit({ params }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        return carry(parts, session, caller, { card: { id: params.id }, what: `load|${params.id}` });
      },
    }),
  ];
}

type Asked = Pick<LoadCardInput, 'card'> & { readonly what: string };

async function carry(parts: WalletParts, session: SignedIn, caller: Visit, { card, what }: Asked) {
  const replay = replayOf(parts, session, caller, what);
  if (isRefused(replay)) return replay;
  const input = { memberId: session.memberId, card };
  const given = await parts.asWallet(session.merchant.id, loadCard, input, replay);
  return 'refusal' in given ? given.refusal : { body: fieldsOf(given.body, LoadedAnswer) };
}
