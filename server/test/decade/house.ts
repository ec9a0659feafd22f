import { expect } from 'vitest';
import type { Reply, TestBench } from '../harness.ts';
import type { CardInHand } from '../shop.ts';
import { madeBy, openTill, sell, type Till } from '../till.ts';
import { dayAt, plusDays, plusMonths, startOf } from './clock.ts';
import {
  add,
  type Flow,
  giveBack,
  type Holder,
  moneyOn,
  newHolder,
  noFlow,
  parted,
  pointsOf,
  spend,
  spendPoints,
} from './reckoning.ts';

type Card = CardInHand & { left: bigint; readonly until: Date };
/** What was paid for goods, less what came back. */
type Spent = { readonly at: Date; readonly amount: bigint };
export type Person = { readonly id: string; readonly holder: Holder; readonly spent: Spent[] };

/** A merchant over the years, and what ought to be in its books. */
export type House = {
  readonly bench: TestBench;
  readonly till: Till;
  readonly zone: string;
  readonly people: readonly Person[];
  /** With which period points lapse, in months. */
  readonly pointsMonths: number;
  readonly cards: Card[];
  /** Since the year began. */
  flow: Flow;
  /** Cash that each store took since its day was closed. */
  readonly cash: Map<string, bigint>;
  count: number;
};

const bonusDays = 45;
const pendingDays = 7;

/** The numbers of the API are whole minor units. */
export const big = (amount: unknown): bigint => BigInt(String(amount));

export async function openHouse(bench: TestBench, zone: string, pointsMonths: 3 | 12): Promise<House> {
  const validity = { type: 'after', count: 2, unit: 'months' };
  const till = await openTill(bench, { validity }, { timezone: zone });
  const post = async (path: string, body: object) => {
    const made = await till.merchant.post<{ id: string }>(path, body);
    expect(made.status, made.text).toBe(201);
    return made.body.id;
  };
  await post('/v1/bonus-rules', {
    name: 'A tenth',
    steps: [{ from: 1, ppm: 100_000 }],
    instalments: 3,
    validity: { type: 'after', count: bonusDays, unit: 'days' },
  });
  await post('/v1/points-schemes', {
    earn: { points: 1, amount: 100 },
    pendingDays,
    ends: { with: pointsMonths === 3 ? 'quarter' : 'year', later: 0 },
    spend: { points: 10, worth: 5 },
  });
  const people: Person[] = [];
  for (let n = 0; n < 5; n++) {
    const body = { phone: `1350000000${n}`, consent: { textVersion: 1 } };
    people.push({ id: await post('/v1/members', body), holder: newHolder(), spent: [] });
  }
  return {
    ...{ bench, till, zone, people, pointsMonths, cards: [], flow: noFlow(), count: 0 },
    cash: new Map(),
  };
}

const storeOf = ({ till }: House, n: number): string => (n % 2 === 0 ? till.storeId : till.otherStoreId);

export function took({ cash }: House, storeId: string, amount: bigint): void {
  cash.set(storeId, (cash.get(storeId) ?? 0n) + amount);
}

/** Tops a wallet up in cash; the bonus comes in three parts, each with its own end. */
export async function topUp(house: House, person: Person, store: number, amount: number): Promise<string> {
  const { bench, till, zone, flow } = house;
  const storeId = storeOf(house, store);
  const payment = { tender: 'cash', amount, reference: `T${++house.count}` };
  const made = await till.merchant.post('/v1/wallet-top-ups', {
    ...{ memberId: person.id, storeId, amount, payment },
  });
  const { now } = bench.time;
  add(flow, person.holder, { kind: 'principal', from: null, until: null, left: BigInt(amount) });
  took(house, storeId, BigInt(amount));
  const bonus = BigInt(amount) / 10n;
  for (const [n, left] of parted(bonus, 3n).entries()) {
    const day = plusMonths(dayAt(now, zone), n);
    const until = startOf(plusDays(day, bonusDays + 1), zone);
    if (left > 0n) {
      add(flow, person.holder, { kind: 'bonus', from: n === 0 ? null : startOf(day, zone), until, left });
    }
  }
  expect(made.body, made.text).toMatchObject({ bonus: Number(bonus), balance: shownMoney(house, person) });
  return madeBy(made);
}

export function shownMoney({ bench }: House, { holder }: Person) {
  const money = moneyOn(holder, bench.time.now);
  return Object.fromEntries(Object.entries(money).map(([word, amount]) => [word, Number(amount)]));
}

type Bought = { readonly id: string; readonly giveBack: (amount: number) => Promise<void> };

/** Buys with as much points and wallet as is asked for and there, and with cash. Points are earned on what was paid for. */
export async function buy(
  house: House,
  person: Person,
  store: number,
  { price, wallet = 0, points = 0 }: { price: number; wallet?: number; points?: number },
): Promise<Bought> {
  const { bench, till, flow } = house;
  const { holder } = person;
  const { now } = bench.time;
  const storeId = storeOf(house, store);
  const least = (a: bigint, b: bigint) => (a < b ? a : b);
  const paidPoints = (least(BigInt(points), pointsOf(holder, now).usable) / 10n) * 10n;
  const worth = paidPoints / 2n;
  const byWallet = least(BigInt(wallet), moneyOn(holder, now).total);
  const cash = BigInt(price) - worth - byWallet;
  const tenders = [
    ...(paidPoints > 0n ? [{ kind: 'points', points: Number(paidPoints) }] : []),
    ...(byWallet > 0n ? [{ kind: 'wallet', amount: Number(byWallet) }] : []),
    ...(cash > 0n ? [{ kind: 'money', tender: 'cash', amount: Number(cash) }] : []),
  ];
  const made = await till.merchant.post('/v1/purchases', {
    ...{ storeId, memberId: person.id, reference: `P${++house.count}`, tenders },
    lines: [{ name: 'Tea', price }],
  });
  spendPoints(holder, paidPoints, now);
  const parts = spend(flow, holder, byWallet, now);
  took(house, storeId, cash);
  person.spent.push({ at: now, amount: BigInt(price) });
  const paidFor = parts.reduce(
    (sum, { lot, amount }) => sum + (lot.kind === 'principal' ? amount : 0n),
    cash,
  );
  const earned = paidFor / 100n;
  const lot = earn(house, person, earned);
  expect(made.body, made.text).toMatchObject({ earned: Number(earned), balance: shownMoney(house, person) });
  const id = madeBy(made);
  let before = 0n;
  return {
    id,
    async giveBack(amount) {
      // Cash paid last, and so is given back first; points go with it in proportion, rounded down in all.
      const back = await till.merchant.post(`/v1/purchases/${id}/refunds`, { amount, reason: 'returned' });
      expect(back.status, back.text).toBe(201);
      const after = before + BigInt(amount);
      const inCash = least(after, cash) - least(before, cash);
      giveBack(flow, parts, { before: before - least(before, cash), amount: BigInt(amount) - inCash });
      took(house, storeId, -inCash);
      person.spent.push({ at: bench.time.now, amount: -BigInt(amount) });
      const taken = (earned * after) / BigInt(price) - (earned * before) / BigInt(price);
      if (lot) lot.left -= taken;
      expect(back.body).toMatchObject({ pointsTaken: Number(taken) });
      before = after;
    },
  };
}

function earn({ bench, zone, pointsMonths }: House, { holder }: Person, left: bigint) {
  if (left === 0n) return undefined;
  const first = plusDays(dayAt(bench.time.now, zone), pendingDays + 1);
  const month = Number(first.slice(5, 7)) - 1;
  const start = `${first.slice(0, 7)}-01`;
  const end = plusMonths(start, pointsMonths - (month % pointsMonths));
  const lot = { from: startOf(first, zone), until: startOf(end, zone), left };
  holder.points.push(lot);
  return lot;
}

/** Sells a card that is good for two months, at the first store. */
export async function sellCard(house: House, amount: number): Promise<Card> {
  const { bench, till, zone } = house;
  const [made] = await till.issue(1, amount);
  if (!made) throw new Error('no card');
  const payment = { tender: 'cash', amount, reference: `R${++house.count}` };
  const sold = await sell(till, [made], amount, { payment });
  expect(sold.body, sold.text).toMatchObject({ activated: 1 });
  const until = startOf(plusDays(plusMonths(dayAt(bench.time.now, zone), 2), 1), zone);
  expect((await till.shown(made)).validUntil).toBe(until.toISOString());
  house.flow.loaded += BigInt(amount);
  took(house, till.storeId, BigInt(amount));
  const card = { ...made, left: BigInt(amount), until };
  house.cards.push(card);
  return card;
}

/** Pays with a card at the other store: it is good to the last millisecond, and from then on for nothing. */
export async function payByCard(house: House, card: Card, amount: number): Promise<Reply> {
  const paid = await house.till.pay(card, amount, { storeId: house.till.otherStoreId });
  const isGood = house.bench.time.now < card.until;
  expect(paid.status, paid.text).toBe(isGood ? 201 : 409);
  if (isGood) {
    card.left -= BigInt(amount);
    house.flow.spent += BigInt(amount);
  } else expect(paid.body).toMatchObject({ code: 'card_expired' });
  return paid;
}
