import { hash } from 'node:crypto';
import { z } from 'zod';
import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { isRefused, refused } from '../../kernel/outcome.ts';
import { lookUp } from '../../platform/executor/lookUp.ts';
import { fieldsOf } from '../../platform/http/merge.ts';
import { page } from '../../platform/http/page.ts';
import { type Route, visitRoute } from '../../platform/http/route.ts';
import {
  amountJson,
  currencyCode,
  idIn,
  idOut,
  instant,
  pageOf,
  pageQuery,
} from '../../platform/http/shapes.ts';
import { cardAt, cardsSql, freedAt, lotsOf, moneyOn } from '../cards/index.ts';
import { ledgerSql } from '../ledger/index.ts';
import { claim, signedIn, slugParams } from '../members/index.ts';
import { programsSql, versionById } from '../programs/index.ts';
import { cardParams, tag } from './cardRoutes.ts';
import { claimGift } from './claimGift.ts';
import { type Gift, giftByToken, isOpen } from './gift.ts';
import { giveCard, takeGiftBack } from './giveCard.ts';
import { readAs, replayOf, type WalletParts } from './parts.ts';
import { listGifts, walletSql } from './store.ts';

const giftParams = slugParams.extend({ id: idIn('gift') });
const tokenBody = z.strictObject({
  token: z.string().regex(/^[\w-]{43}$/, 'must be what the link ends with'),
});
const offered = z.object({ id: idOut('gift'), cardId: idOut('card'), expiresAt: instant });
const giftShape = z.object({
  id: idOut('gift'),
  cardId: idOut('card'),
  state: z.enum(['open', 'claimed', 'taken_back', 'expired']),
  createdAt: instant,
  expiresAt: instant,
});

const hashOf = (token: string) => hash('sha256', token, 'hex');

/** Cards that go from hand to hand. */
export function giftRoutes(parts: WalletParts): readonly Route[] {
  return [...giverRoutes(parts), ...receiverRoutes(parts)];
}

function shown(gift: Gift, now: Date) {
  const isOver = gift.state === 'open' && !isOpen(gift, now);
  return {
    id: encodeId('gift', gift.id),
    cardId: encodeId('card', gift.cardId),
    state: isOver ? 'expired' : gift.state,
    createdAt: gift.createdAt.toISOString(),
    expiresAt: gift.expiresAt.toISOString(),
  };
}

function giverRoutes(parts: WalletParts): readonly Route[] {
  return [
    visitRoute({
      path: '/v1/wallet/:slug/cards/:id/gift',
      tag,
      access: 'member',
      summary: 'Give a card of mine to whoever gets the link; shown once',
      params: cardParams,
      body: z.strictObject({ days: z.int().min(1).max(30).default(7) }),
      status: 201,
      answer: offered.extend({
        token: z.string().meta({ description: 'What the link ends with; it stands nowhere else.' }),
      }),
      async visit({ params, body }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const { merchant, memberId } = session;
        const token = Buffer.from(parts.random(32)).toString('base64url');
        const input = { memberId, cardId: params.id, tokenHash: hashOf(token), days: body.days };
        const given = await parts.asWallet(merchant.id, giveCard, input);
        if ('refusal' in given) return given.refusal;
        return { body: { ...fieldsOf(given.body, offered), token } };
      },
    }),
    visitRoute({
      method: 'GET',
      path: '/v1/wallet/:slug/gifts',
      tag,
      access: 'member',
      summary: 'What I have given or offered, the newest first',
      params: slugParams,
      query: z.strictObject({ cursor: idIn('gift').optional(), limit: pageQuery.limit }),
      status: 200,
      answer: pageOf(giftShape),
      visit: ({ params, query }, caller) =>
        readAs(parts, params.slug, caller, async (db, { merchant, memberId }) => {
          const found = await listGifts(db, merchant.id, memberId, query.cursor ?? null, query.limit + 1);
          return page(
            found,
            query.limit,
            (gift) => shown(gift, parts.clock()),
            ({ id }) => encodeId('gift', id),
          );
        }),
    }),
    visitRoute({
      path: '/v1/wallet/:slug/gifts/:id/take-back',
      tag,
      access: 'member',
      summary: 'Take a gift back that nobody has claimed',
      params: giftParams,
      body: z.strictObject({}),
      status: 200,
      answer: z.object({ id: idOut('gift'), cardId: idOut('card'), state: z.literal('taken_back') }),
      async visit({ params }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const { merchant, memberId } = session;
        const given = await parts.asWallet(merchant.id, takeGiftBack, { memberId, giftId: params.id });
        if ('refusal' in given) return given.refusal;
        return { body: { id: encodeId('gift', params.id), ...fieldsOf(given.body, takenBack) } };
      },
    }),
  ];
}

const takenBack = z.object({ cardId: z.string(), state: z.string() });
const claimed = z.object({ cardId: z.string(), balance: z.int(), createdAt: z.string() });

function receiverRoutes(parts: WalletParts): readonly Route[] {
  return [
    visitRoute({
      path: '/v1/wallet/:slug/gifts/preview',
      tag,
      access: 'member',
      summary: 'What a link would give me',
      params: slugParams,
      body: tokenBody,
      status: 200,
      answer: z.object({
        program: z.object({ zh: z.string(), en: z.string() }),
        balance: amountJson,
        currency: currencyCode,
        expiresAt: instant,
      }),
      visit: ({ params, body }, caller) =>
        readAs(parts, params.slug, caller, async (db, { merchant }) => {
          const sql = [...walletSql, ...cardsSql, ...ledgerSql, ...programsSql];
          const now = parts.clock();
          const { gift, version, lots } = await lookUp(sql, db, merchant.id, (find) => {
            const gift = find.one(giftByToken, hashOf(body.token));
            const card = gift && cardAt(gift.cardId, find);
            return {
              gift,
              version: card && find.one(versionById, card.versionId),
              lots: lotsOf(card?.id, find),
            };
          });
          if (!gift || !version || !isOpen(gift, now)) return refused('gift_not_found');
          const { balance } = moneyOn(freedAt(lots, now).lots);
          return {
            program: version.name,
            balance: jsonAmount(balance),
            currency: version.currency,
            expiresAt: gift.expiresAt.toISOString(),
          };
        }),
    }),
    visitRoute({
      path: '/v1/wallet/:slug/gifts/claim',
      tag,
      access: 'member',
      movesValue: true,
      summary: 'Make a gift my card; what the giver knew of it pays nothing any more',
      params: slugParams,
      body: tokenBody,
      status: 201,
      answer: z.object({ cardId: idOut('card'), balance: amountJson, createdAt: instant }),
      async visit({ params, body }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const { merchant, memberId } = session;
        const who = { what: 'lookFromAddress', whom: caller.network } as const;
        const limited = await claim(parts, merchant.id, [who], parts.clock());
        if (limited) return limited;
        const replay = replayOf(parts, session, caller, `claim|${body.token}`);
        if (isRefused(replay)) return replay;
        const { idempotencyKey } = replay;
        const secrets = parts.desk.renew(merchant.id, idempotencyKey);
        const input = { memberId, tokenHash: hashOf(body.token), secrets, idempotencyKey };
        const given = await parts.asWallet(merchant.id, claimGift, input, replay);
        return 'refusal' in given ? given.refusal : { body: fieldsOf(given.body, claimed) };
      },
    }),
  ];
}
