import type { Client, Reply } from './harness.ts';
import type { CardInHand, Shop } from './shop.ts';

/** A card in a situation: with something paid, and perhaps something held. */
export type Raced = {
  readonly card: CardInHand;
  readonly redemption: { readonly id: string; readonly reference: string };
  readonly hold: { readonly id: string; readonly reference: string } | undefined;
};

export type RaceVerb = (client: Client, raced: Raced, shop: Shop) => Promise<Reply>;

let references = 0;
export const newReference = () => `race-${references++}`;

export const payment = ({ code, pin }: CardInHand, storeId: string, amount: number) => ({
  code,
  pin,
  amount,
  currency: 'CNY',
  storeId,
  reference: newReference(),
});

const onCard =
  (verb: string, body: object): RaceVerb =>
  (client, { card }) =>
    client.post(`/v1/cards/${card.id}/${verb}`, body);
const onHold =
  (verb: string, body: object = {}): RaceVerb =>
  (client, { hold }) =>
    client.post(`/v1/holds/${hold?.id}/${verb}`, body);
const loading: RaceVerb = (client, { card }, { otherStoreId }) =>
  client.post(`/v1/cards/${card.id}/reload`, {
    amount: 300,
    storeId: otherStoreId,
    payment: { tender: 'cash', amount: 300, reference: 'till' },
  });

/** What can be asked of any card. The card has 8,000 after 2,000 were redeemed. */
export const verbs: Readonly<Record<string, RaceVerb>> = {
  redeem: (client, { card }, { storeId }) => client.post('/v1/redemptions', payment(card, storeId, 5_000)),
  redeemElsewhere: (client, { card }, { otherStoreId }) =>
    client.post('/v1/redemptions', payment(card, otherStoreId, 7_000)),
  hold: (client, { card }, { storeId }) => client.post('/v1/holds', payment(card, storeId, 6_000)),
  refund: (client, { redemption }) =>
    client.post(`/v1/redemptions/${redemption.id}/refunds`, { amount: 1_500, reason: 'back' }),
  reverse: (client, { redemption }, { storeId }) =>
    client.post('/v1/reversals', { reference: redemption.reference, storeId }),
  reload: loading,
  give: onCard('adjust', { amount: 200, reason: 'sorry' }),
  take: onCard('adjust', { amount: -4_000, reason: 'count' }),
  freeze: onCard('freeze', { reason: 'lost' }),
  unfreeze: onCard('unfreeze', { reason: 'found' }),
  void: onCard('void', { reason: 'misprint' }),
  transfer: onCard('transfer', {}),
  transferPart: onCard('transfer', { amount: 3_000 }),
  replace: onCard('replace', {}),
  verify: (client, { card }) => client.post('/v1/verifications', { code: card.code, pin: card.pin }),
};

/** What can be asked of a card with 1,000 held besides. */
export const holdVerbs: Readonly<Record<string, RaceVerb>> = {
  capture: onHold('capture'),
  capturePart: onHold('capture', { amount: 400 }),
  release: onHold('release'),
  reverseHold: (client, { hold }, { storeId }) =>
    client.post('/v1/reversals', { reference: hold?.reference, storeId }),
  redeem: (client, { card }, { storeId }) => client.post('/v1/redemptions', payment(card, storeId, 6_500)),
  redeemAll: (client, { card }, { storeId }) => client.post('/v1/redemptions', payment(card, storeId, 8_000)),
  take: onCard('adjust', { amount: -7_500, reason: 'count' }),
  refund: (client, { redemption }) =>
    client.post(`/v1/redemptions/${redemption.id}/refunds`, { amount: 1_500, reason: 'back' }),
  freeze: onCard('freeze', { reason: 'lost' }),
  void: onCard('void', { reason: 'misprint' }),
  transfer: onCard('transfer', {}),
  replace: onCard('replace', {}),
};

/** What a race may be judged by: what each was told, and all money of the card and of those that took over from it. */
export type Outcome = {
  readonly answers: readonly string[];
  readonly cards: readonly string[];
};

type Shown = { readonly state: string; readonly balance: number; readonly held: number };

export async function outcomeOf(shop: Shop, { card }: Raced, replies: readonly Reply[]): Promise<Outcome> {
  const heirs = replies.flatMap(({ body }) =>
    'code' in body && typeof body.cardId === 'string' ? [body.cardId] : [],
  );
  const shown = await Promise.all(
    [card.id, ...heirs].map(async (id) => (await shop.merchant.get<Shown>(`/v1/cards/${id}`)).body),
  );
  return {
    answers: replies.map(({ status, body }) =>
      status < 300 ? String(status) : `${status} ${String(body.code)}`,
    ),
    cards: shown.map(({ state, balance, held }) => `${state} ${balance} ${held}`),
  };
}

/** Sold cards in one of the two situations, ready to be raced. */
export async function prepare(shop: Shop, quantity: number, held: boolean): Promise<Raced[]> {
  const chunks = Array.from({ length: Math.ceil(quantity / 200) }, (_, n) =>
    Math.min(200, quantity - n * 200),
  );
  const cards: CardInHand[] = [];
  for (const chunk of chunks) cards.push(...(await shop.sell(chunk, 10_000)));
  return Promise.all(cards.map((card) => situate(shop, card, held)));
}

async function situate(shop: Shop, card: CardInHand, held: boolean): Promise<Raced> {
  const { merchant, storeId } = shop;
  const paid = payment(card, storeId, 2_000);
  const redemption = await merchant.post<{ id: string }>('/v1/redemptions', paid);
  if (redemption.status !== 201) throw new Error(redemption.text);
  const asked = payment(card, storeId, 1_000);
  const hold = held ? await merchant.post<{ id: string }>('/v1/holds', asked) : undefined;
  return {
    card,
    redemption: { id: redemption.body.id, reference: paid.reference },
    hold: hold && { id: hold.body.id, reference: asked.reference },
  };
}
