import { expect } from 'vitest';
import { dayAt, plusDays, plusMonths, startOf } from '../decade/clock.ts';
import type { TestBench } from '../harness.ts';
import { rowsOf, type Till } from '../till.ts';
import { type Positions, shared, terms } from './settlementModel.ts';
import { lotOf, type Member, type Order, type Terms, type TopUp } from './walletModel.ts';

const bonusDays = 20;
const pendingDays = 2;

/** A merchant whose members hold what the model says: by the same rules, whoever is asked. */
export type World = {
  readonly till: Till;
  readonly memberIds: readonly string[];
  readonly purchases: string[];
  readonly topUps: string[];
};

export async function openWorld(till: Till, order: Order, members: number): Promise<World> {
  const { merchant } = till;
  const post = async (path: string, body: object) => {
    const made = await merchant.post<{ id: string }>(path, body);
    expect(made.status, made.text).toBe(201);
    return made.body.id;
  };
  await merchant.patch('/v1/wallet-policy', { spendingOrder: order });
  await post('/v1/settlement-terms', terms);
  await post('/v1/bonus-rules', {
    ...{ name: 'A tenth', steps: [{ from: 1_000, ppm: 100_000 }], instalments: 2 },
    validity: { type: 'after', count: bonusDays, unit: 'days' },
  });
  await post('/v1/points-schemes', {
    earn: { points: 1, amount: 100 },
    ...{ pendingDays, ends: { with: 'month', later: 0 } },
    spend: { points: 10, worth: 5, billPpm: 500_000 },
  });
  const memberIds: string[] = [];
  for (let n = 0; n < members; n++) {
    memberIds.push(await post('/v1/members', { phone: `1330000000${n}`, consent: { textVersion: 1 } }));
  }
  return { till, memberIds, purchases: [], topUps: [] };
}

/** With which terms points come at a time: those that are earned, and those that come back after their end. */
export function termsAt(now: Date, zone: string): Terms {
  const ending = (day: string) => startOf(plusMonths(`${day.slice(0, 7)}-01`, 1), zone);
  const today = dayAt(now, zone);
  const first = plusDays(today, pendingDays + 1);
  return {
    now,
    earned: { from: startOf(first, zone), until: ending(first) },
    returned: { from: null, until: ending(today) },
  };
}

/** What a top-up brings: the principal, and from ten up a tenth in two halves a month apart, each with its own end. */
export function topUp(member: Member, amount: bigint, now: Date, zone: string): TopUp {
  const principal = { lot: lotOf(member, 'principal', { from: null, until: null }), amount };
  const given = amount < 1_000n ? 0n : amount / 10n;
  const bonus = [given - given / 2n, given / 2n]
    .map((part, n) => {
      const day = plusMonths(dayAt(now, zone), n);
      const until = startOf(plusDays(day, bonusDays + 1), zone);
      return {
        lot: lotOf(member, 'bonus', { from: n === 0 ? null : startOf(day, zone), until }),
        amount: part,
      };
    })
    .filter((part) => part.amount > 0n);
  for (const part of [principal, ...bonus]) part.lot.left += part.amount;
  const one = { principal, bonus, at: now, returned: { principal: 0n, bonus: 0n, paid: 0n } };
  member.topUps.push(one);
  return one;
}

/** What the API shows of a member, in the words of the model. */
export async function seen({ till: { merchant } }: World, memberId: string) {
  const wallet = await merchant.get<{ balance: Readonly<Record<string, number>> }>(`/v1/wallets/${memberId}`);
  const purse = await merchant.get<Record<'usable' | 'pending' | 'owed', number>>(
    `/v1/members/${memberId}/points`,
  );
  const big = (amount: number) => BigInt(amount);
  const { usable, pending, owed } = purse.body;
  return {
    balance: Object.fromEntries(Object.entries(wallet.body.balance).map(([word, sum]) => [word, big(sum)])),
    ...{ usable: big(usable), pending: big(pending), owed: big(owed) },
  };
}

/** What a merchant's books say of all lots together. */
export async function booksOf(bench: TestBench, { till }: World) {
  const [row] = await rowsOf(
    bench,
    `select coalesce(sum(balance) filter (where purpose = 'wallet'), 0)::text as held,
       coalesce(min(balance) filter (where purpose = 'wallet' or detail like 'lot|%'), 0) >= 0 as "isCovered",
       coalesce(sum(balance), 0)::text as trial
     from ledger.account where merchant_id = $1`,
    [till.merchant.id],
  );
  return row;
}

/** What the stores are owed by each other and by the merchant, in the words of the model. */
export async function owedIn({ till }: World): Promise<Positions> {
  const names = { first: till.storeId, second: till.otherStoreId } as const;
  const nameOf = (id: string | null) => (id === null ? 'hq' : id === names.first ? 'first' : 'second');
  const positions: Positions = new Map();
  for (const [name, storeId] of Object.entries(names)) {
    type Position = { readonly storeId: string | null; readonly net: number };
    const path = `/v1/stores/${storeId}/settlement`;
    const { body } = await till.merchant.get<{ counterparts: Position[] }>(path);
    for (const one of body.counterparts) positions.set(`${name} by ${nameOf(one.storeId)}`, BigInt(one.net));
  }
  return positions;
}

const weights = [7, 5, 1] as const;

/** Shares a sum among the members by weights; those of the model get what is reckoned here. */
export function creditDividend(members: readonly Member[], pool: bigint): void {
  const parts = shared(pool, weights.map(BigInt));
  for (const [nth, member] of members.entries()) {
    const part = parts[nth] ?? 0n;
    if (part > 0n) lotOf(member, 'bonus', { from: null, until: null }, 'hq').left += part;
  }
}

/** The same through the API: counted, approved and credited. */
export async function payDividend(bench: TestBench, { till, memberIds }: World, pool: bigint, zone: string) {
  const yesterday = plusDays(dayAt(bench.time.now, zone), -1);
  const made = await till.merchant.post<{ id: string }>('/v1/dividends', {
    ...{ name: 'A dividend', firstDay: yesterday, lastDay: yesterday },
    source: { kind: 'sum', amount: Number(pool) },
    weighing: { by: 'given', given: memberIds.map((memberId, n) => ({ memberId, weight: weights[n] })) },
  });
  expect(made.status, made.text).toBe(201);
  await bench.runJobs('dividends.count');
  const approved = await till.merchant.post(`/v1/dividends/${made.body.id}/approve`, {});
  expect(approved.body, approved.text).toMatchObject({ state: 'approved', pool: Number(pool) });
  await bench.runJobs('dividends.pay');
}
