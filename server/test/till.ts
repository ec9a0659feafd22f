import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { expect } from 'vitest';
import { type RefusalCode, refusals } from '../src/kernel/refusals.ts';
import type { Client, Reply, TestBench, TestMerchant } from './harness.ts';
import { type CardInHand, openShop, type Shop } from './shop.ts';

type More = Readonly<Record<string, unknown>>;
type Verb =
  | 'adjust'
  | 'deactivate'
  | 'extend'
  | 'freeze'
  | 'reactivate'
  | 'reload'
  | 'replace'
  | 'transfer'
  | 'unfreeze'
  | 'unlock-pin'
  | 'void';

export type CardShown = {
  readonly state: string;
  readonly balance: number;
  readonly held: number;
  readonly available: number;
  readonly validUntil: string | null;
  readonly [more: string]: unknown;
};

/** A shop with short words for what is done at its till, and a look at all its money. */
export type Till = Shop & {
  readonly bench: TestBench;
  /** A card sold at the first store. */
  card(faceValue?: number): Promise<CardInHand>;
  /** A card that is not yet sold. */
  blank(faceValue?: number): Promise<CardInHand>;
  pay(card: Secrets, amount: number, more?: More): Promise<Reply>;
  /** Pays, and answers with the id of the redemption. */
  paid(card: Secrets, amount: number, more?: More): Promise<string>;
  hold(card: Secrets, amount: number, more?: More): Promise<Reply>;
  /** Places a hold, and answers with its id. */
  held(card: Secrets, amount: number, more?: More): Promise<string>;
  /** A verb on one card; it must succeed. */
  does(card: Pick<CardInHand, 'id'>, verb: Verb, body?: More): Promise<Record<string, unknown>>;
  /** A verb on one card, whatever comes of it. */
  ask(card: Pick<CardInHand, 'id'>, verb: Verb, body?: More): Promise<Reply>;
  shown(card: Pick<CardInHand, 'id'>): Promise<CardShown>;
  /** A new key of this merchant. */
  key(terms: More): Promise<Client>;
  /** That it is refused with this code, at this field, and that nothing at all has changed. */
  refuses(code: RefusalCode, ask: () => Promise<Reply>, more?: Expected): Promise<Reply>;
  /** The sum of this merchant's accounts of a purpose. */
  total(purpose: string, ownerId?: string): Promise<number>;
};

type Secrets = Pick<CardInHand, 'code' | 'pin'>;
/** `logged`: an entry in the log and a count are left, and no money moves all the same. */
type Expected = { readonly field?: string; readonly logged?: boolean };

/** Opens a shop with a till. */
export async function openTill(
  bench: TestBench,
  terms: More = {},
  merchant: Parameters<TestBench['merchant']>[0] = {},
): Promise<Till> {
  const shop = await openShop(bench, terms, merchant);
  const stock: CardInHand[] = [];

  async function blank(faceValue = 10_000): Promise<CardInHand> {
    const issued = faceValue === 10_000 ? stock : [];
    if (issued.length === 0) issued.push(...(await shop.issue(faceValue === 10_000 ? 20 : 1, faceValue)));
    return first(issued.splice(0, 1));
  }

  async function card(faceValue = 10_000): Promise<CardInHand> {
    const one = await blank(faceValue);
    const sold = await sell(shop, [one], faceValue);
    expect(sold.body, sold.text).toMatchObject({ activated: 1 });
    return one;
  }

  const asked = (at: Secrets, amount: number, more: More) => ({
    code: at.code,
    ...(at.pin === '' ? {} : { pin: at.pin }),
    amount,
    currency: 'CNY',
    storeId: shop.storeId,
    reference: randomUUID(),
    ...more,
  });
  const pay: Till['pay'] = (at, amount, more = {}) =>
    shop.merchant.post('/v1/redemptions', asked(at, amount, more));
  const hold: Till['hold'] = (at, amount, more = {}) =>
    shop.merchant.post('/v1/holds', asked(at, amount, more));
  const ask: Till['ask'] = ({ id }, verb, body = {}) => shop.merchant.post(`/v1/cards/${id}/${verb}`, body);
  return {
    ...shop,
    bench,
    card,
    blank,
    pay,
    hold,
    ask,
    paid: async (...args) => madeBy(await pay(...args)),
    held: async (...args) => madeBy(await hold(...args)),
    async does(...args) {
      const reply = await ask(...args);
      expect(reply.status, reply.text).toBeLessThan(300);
      return reply.body;
    },
    shown: async ({ id }) => (await shop.merchant.get<CardShown>(`/v1/cards/${id}`)).body,
    async key(terms) {
      const made = await shop.merchant.post<{ key: string }>('/v1/api-keys', { name: 'a key', ...terms });
      expect(made.status, made.text).toBe(201);
      return bench.client(made.body.key);
    },
    refuses: (code, asking, more) => refuses(bench, shop.merchant, code, asking, more),
    async total(purpose, ownerId) {
      const path = `/v1/ledger/accounts?purpose=${purpose}&limit=200${ownerId ? `&ownerId=${ownerId}` : ''}`;
      const { body } = await shop.merchant.get<{ items: { balance: number }[] }>(path);
      return body.items.reduce((sum, { balance }) => sum + balance, 0);
    },
  };
}

/** Sells these cards at the shop's first store for a price each. */
export function sell(
  shop: Shop,
  cards: readonly CardInHand[],
  price: number,
  more: More = {},
): Promise<Reply> {
  return shop.merchant.post('/v1/cards/activate', {
    cards: cards.map(({ serial }) => ({ serial })),
    storeId: shop.storeId,
    payment: { tender: 'cash', amount: price * cards.length, reference: 'R1' },
    ...more,
  });
}

/** The id in the answer to something that was made. */
export function madeBy(reply: Reply): string {
  expect(reply.status, reply.text).toBe(201);
  return String(reply.body.id);
}

/** The one there is. */
export function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error('there is none');
  return item;
}

async function refuses(
  bench: TestBench,
  merchant: TestMerchant,
  code: RefusalCode,
  ask: () => Promise<Reply>,
  { field, logged = false }: Expected = {},
): Promise<Reply> {
  const before = await everythingOf(bench, merchant.id, logged);
  const reply = await ask();
  const { status } = refusals[code];
  expect(reply.body, reply.text).toMatchObject({ code, status, ...(field === undefined ? {} : { field }) });
  expect(reply.status).toBe(status);
  expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(await everythingOf(bench, merchant.id, logged)).toEqual(before);
  return reply;
}

const moneyOf = `
  select (select jsonb_agg(to_jsonb(a) order by a.id) from ledger.account a where a.merchant_id = $1) as accounts,
    (select jsonb_agg(to_jsonb(h) order by h.id) from ledger.hold h where h.merchant_id = $1) as holds,
    (select coalesce(sum(p.amount), 0) from ledger.posting p where p.merchant_id = $1) as posted`;
const restOf = `
  select (select to_jsonb(j) from ledger.journal j where j.merchant_id = $1) as journal,
    (select jsonb_agg(to_jsonb(c) order by c.id) from cards.card c where c.merchant_id = $1) as cards,
    (select jsonb_agg(to_jsonb(r)) from cards.redemption_return r where r.merchant_id = $1) as returns`;

/** All rows that a verb could change; with `moneyOnly` those that money is on. The books balance at any time. */
async function everythingOf(bench: TestBench, merchantId: string, moneyOnly: boolean): Promise<unknown> {
  const [money] = await rowsOf(bench, moneyOf, [merchantId]);
  expect(money).toMatchObject({ posted: '0' });
  return moneyOnly ? money : [money, await rowsOf(bench, restOf, [merchantId])];
}

const owners = new WeakMap<TestBench, pg.Pool>();

/** Rows of the database as its owner sees them. */
export async function rowsOf(bench: TestBench, text: string, params: readonly unknown[] = []) {
  let pool = owners.get(bench);
  if (!pool) {
    pool = new pg.Pool({ connectionString: bench.ownerUrl, max: 1, allowExitOnIdle: true });
    // The bench drops the database under it in the end.
    pool.on('error', () => undefined);
    owners.set(bench, pool);
  }
  return (await pool.query<Record<string, unknown>>(text, [...params])).rows;
}
