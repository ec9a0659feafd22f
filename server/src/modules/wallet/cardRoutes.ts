import { z } from 'zod';
import { encodeId } from '../../kernel/id.ts';
import { isRefused, refused } from '../../kernel/outcome.ts';
import { read } from '../../platform/db/read.ts';
import { fieldsOf } from '../../platform/http/merge.ts';
import { type Route, type Visit, visitRoute } from '../../platform/http/route.ts';
import { amountJson, currencyCode, idIn, idOut, instant, pageQuery } from '../../platform/http/shapes.ts';
import { cardStateIn, goodForMs, shownForMs, verifyCard } from '../cards/index.ts';
import { addCard, claim, merchantOf, type SignedIn, signedIn, slugParams } from '../members/index.ts';
import { freezeOwnCard } from './ownCard.ts';
import { readAs, type WalletParts } from './parts.ts';
import { cardsOf, historyOf } from './showCards.ts';

export const tag = 'Wallet';
export const cardParams = slugParams.extend({ id: idIn('card') });

const may = z.object({ ok: z.boolean(), reason: z.string().optional() });
const nameShape = z.object({ zh: z.string(), en: z.string() });
const cardShape = z.object({
  id: idOut('card'),
  program: z.object({ name: nameShape, id: idOut('prog') }),
  faceValue: amountJson,
  currency: currencyCode,
  maskedCode: z.string(),
  balance: amountJson,
  available: amountJson,
  state: cardStateIn,
  validUntil: instant.nullable(),
  gift: z.object({ id: idOut('gift'), expiresAt: instant }).nullable(),
  allowed: z.object({ pay: may, give: may, freeze: may }),
});
const historyShape = z.object({
  items: z.array(
    z.object({
      id: idOut('act'),
      type: z.string(),
      occurredAt: instant,
      store: z.string().nullable(),
      amount: amountJson,
    }),
  ),
  nextCursor: z.string().nullable(),
});
export const codeBody = z.strictObject({
  code: z.string().min(1).max(64),
  pin: z
    .string()
    .regex(/^\d{1,16}$/, 'must be digits')
    .optional(),
});
/** A code that a phone shows for a moment. */
export const shownCode = z.object({
  code: z.string().meta({ description: 'For a QR code; a till sends it as `code`, without a PIN.' }),
  nextIn: z.int().meta({ description: 'Seconds until the next one should be shown.' }),
  expiresAt: instant,
});
const seqMax = 2n ** 62n;
const historyQuery = z.strictObject({
  limit: pageQuery.limit,
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .transform((text) => BigInt(text))
    .optional(),
});

/** The cards of whoever is signed in, and a paper card for who is not. */
export function cardRoutes(parts: WalletParts): readonly Route[] {
  return [paperRoute(parts), ...ownRoutes(parts), ...verbRoutes(parts)];
}

const verified = z.object({
  cardId: idIn('card'),
  state: cardStateIn,
  balance: z.int(),
  available: z.int(),
  currency: z.string(),
  validUntil: z.string().nullable(),
  maskedCode: z.string(),
});
/** Entries of its history that a paper card shows. */
const paperLines = 50;

function paperRoute(parts: WalletParts): Route {
  return visitRoute({
    path: '/v1/wallet/:slug/look',
    tag,
    access: 'anyone',
    summary: 'What is on a paper card and what happened to it, by its code and PIN',
    params: slugParams,
    body: codeBody,
    async sharedWith({ slug }, origin) {
      const merchant = await merchantOf(parts, slug);
      return !isRefused(merchant) && merchant.widgetOrigins.includes(origin);
    },
    status: 200,
    answer: z.object({
      state: cardStateIn,
      balance: amountJson,
      available: amountJson,
      currency: currencyCode,
      validUntil: instant.nullable(),
      maskedCode: z.string(),
      history: historyShape.shape.items,
    }),
    async visit({ params, body }, { network }) {
      const merchant = await merchantOf(parts, params.slug);
      if (isRefused(merchant)) return merchant;
      const limited = await guessing(parts, merchant.id, network);
      if (limited) return limited;
      const presented = parts.desk.present(merchant.id, body.code, body.pin);
      // What a phone shows to pay is not a key to the card's past.
      if (presented.payment) return refused('not_recognised');
      const given = await parts.asWallet(merchant.id, verifyCard, { presented, storeId: undefined });
      if ('refusal' in given) return given.refusal;
      const { cardId, ...card } = fieldsOf(given.body, verified);
      const history = await read(parts.readers, merchant.id, (db) =>
        historyOf(db, merchant.id, cardId, seqMax, paperLines),
      );
      return { body: { ...card, history: history.items } };
    },
  });
}

/** Counts a code that somebody without a key tries. */
export function guessing(parts: WalletParts, merchantId: string, network: string) {
  return claim(parts, merchantId, [{ what: 'lookFromAddress', whom: network }], parts.clock());
}

function ownRoutes(parts: WalletParts): readonly Route[] {
  const one = async (slug: string, id: string, caller: Visit) =>
    readAs(parts, slug, caller, async (db, { merchant, memberId }) => {
      const mine = await cardsOf(db, merchant.id, memberId, parts.clock());
      return mine.find((card) => card.id === encodeId('card', id)) ?? refused('card_not_found');
    });
  return [
    visitRoute({
      method: 'GET',
      path: '/v1/wallet/:slug/cards',
      tag,
      access: 'member',
      summary: 'My cards',
      params: slugParams,
      status: 200,
      answer: z.object({ items: z.array(cardShape) }),
      visit: ({ params }, caller) =>
        readAs(parts, params.slug, caller, async (db, { merchant, memberId }) => ({
          items: await cardsOf(db, merchant.id, memberId, parts.clock()),
        })),
    }),
    visitRoute({
      method: 'GET',
      path: '/v1/wallet/:slug/cards/:id',
      tag,
      access: 'member',
      summary: 'One of my cards',
      params: cardParams,
      status: 200,
      answer: cardShape,
      visit: ({ params }, caller) => one(params.slug, params.id, caller),
    }),
    visitRoute({
      method: 'GET',
      path: '/v1/wallet/:slug/cards/:id/activities',
      tag,
      access: 'member',
      summary: 'What happened to one of my cards, the newest first',
      params: cardParams,
      query: historyQuery,
      status: 200,
      answer: historyShape,
      visit: ({ params, query: { cursor = seqMax, limit } }, caller) =>
        readAs(parts, params.slug, caller, async (db, { merchant, memberId }) => {
          const mine = await cardsOf(db, merchant.id, memberId, parts.clock());
          if (!mine.some((card) => card.id === encodeId('card', params.id))) return refused('card_not_found');
          return historyOf(db, merchant.id, params.id, cursor, limit);
        }),
    }),
  ];
}

const bound = z.object({ cardId: idOut('card') });
const frozen = z.object({ cardId: idOut('card'), state: cardStateIn });

function verbRoutes(parts: WalletParts): readonly Route[] {
  const { desk, random, clock } = parts;
  return [
    visitRoute({
      path: '/v1/wallet/:slug/cards',
      tag,
      access: 'member',
      summary: 'Add a card by its code and PIN',
      params: slugParams,
      body: codeBody,
      status: 201,
      answer: bound,
      async visit({ params, body }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const { merchant, memberId } = session;
        const limited = await guessing(parts, merchant.id, caller.network);
        if (limited) return limited;
        const presented = desk.present(merchant.id, body.code, body.pin);
        const given = await parts.asWallet(merchant.id, addCard, { memberId, presented });
        return 'refusal' in given ? given.refusal : { body: fieldsOf(given.body, bound) };
      },
    }),
    visitRoute({
      path: '/v1/wallet/:slug/cards/:id/freeze',
      tag,
      access: 'member',
      summary: 'Stop a card of mine that is lost; staff let it be used again',
      params: cardParams,
      body: z.strictObject({}),
      status: 200,
      answer: frozen,
      async visit({ params }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const { merchant, memberId } = session;
        const given = await parts.asWallet(merchant.id, freezeOwnCard, { memberId, cardId: params.id });
        return 'refusal' in given ? given.refusal : { body: fieldsOf(given.body, frozen) };
      },
    }),
    visitRoute({
      path: '/v1/wallet/:slug/cards/:id/payment-code',
      tag,
      access: 'member',
      summary: 'What to show at the till now: it pays once, and only for a moment',
      params: cardParams,
      body: z.strictObject({}),
      status: 201,
      answer: shownCode,
      async visit({ params }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const refusal = await payable(parts, session, params.id);
        if (refusal) return refusal;
        const now = clock();
        const { merchant, memberId } = session;
        const code = desk.paymentCode({ merchantId: merchant.id, cardId: params.id, memberId }, now, random);
        const expiresAt = new Date(now.getTime() + goodForMs).toISOString();
        return { body: { code, nextIn: shownForMs / 1000, expiresAt } };
      },
    }),
  ];
}

/** Why a card shows no payment code: it is not theirs, or would not pay. */
async function payable(parts: WalletParts, { merchant, memberId }: SignedIn, cardId: string) {
  const mine = await read(parts.readers, merchant.id, (db) =>
    cardsOf(db, merchant.id, memberId, parts.clock()),
  );
  const card = mine.find(({ id }) => id === encodeId('card', cardId));
  if (!card) return refused('card_not_found');
  const { reason } = card.allowed.pay;
  return reason === undefined ? undefined : refused(reason);
}
