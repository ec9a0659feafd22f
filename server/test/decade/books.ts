import { expect } from 'vitest';
import { verifyWhole } from '../../src/modules/ledger/verify/verify.ts';
import { keysOf } from '../../src/platform/config/keys.ts';
import { read } from '../../src/platform/db/read.ts';
import { rowsOf } from '../till.ts';
import { big, type House, shownMoney } from './house.ts';
import { heldBy, lapse, noFlow, pointsOf } from './reckoning.ts';

type Figures = Readonly<Record<string, number>>;
type Items<Item> = { readonly items: readonly Item[] };

/** Lets the jobs find what time has ended, and the reckoning with them. */
export async function runJobs(house: House): Promise<void> {
  await house.bench.runJobs();
  for (const { holder } of house.people) lapse(house.flow, holder, house.bench.time.now);
}

/** Closes the day of each store: what it took is what was reckoned. */
export async function closeDays(house: House): Promise<void> {
  const { till, cash } = house;
  type Tender = { readonly tender: string; readonly currency: string; readonly taken: number };
  for (const storeId of [till.storeId, till.otherStoreId]) {
    const open = await till.merchant.get<{ tenders: Tender[] }>(`/v1/stores/${storeId}/open-day`);
    const inCash = open.body.tenders.find(({ tender }) => tender === 'cash');
    expect(big(inCash?.taken ?? 0)).toBe(cash.get(storeId) ?? 0n);
    const counted = open.body.tenders.map(({ taken, ...one }) => ({ ...one, amount: taken }));
    const closed = await till.merchant.post(`/v1/stores/${storeId}/day-closes`, { counted });
    expect(closed.status, closed.text).toBe(201);
    cash.set(storeId, 0n);
  }
}

/** Draws a settlement period; it is answered, closed, netted and paid. Statements sum to zero and open where the last closed. */
export async function settlePeriod(house: House, closings: Map<string, number>): Promise<void> {
  const { merchant } = house.till;
  const drawn = await merchant.post<{ id: string }>('/v1/settlement-periods', {});
  expect(drawn.status, drawn.text).toBe(201);
  const { id } = drawn.body;
  type Statement = { readonly id: string; readonly storeId: string | null; readonly totals: Figures[] };
  const path = `/v1/settlement-statements?periodId=${id}&limit=200`;
  const { items } = (await merchant.get<Items<Statement>>(path)).body;
  let sum = 0n;
  for (const statement of items) {
    const name = String(statement.storeId);
    const [totals] = (await merchant.get<Statement>(`/v1/settlement-statements/${statement.id}`)).body.totals;
    expect(totals?.opening ?? 0, name).toBe(closings.get(name) ?? 0);
    closings.set(name, totals?.closing ?? 0);
    sum += big(totals?.closing ?? 0);
    if (statement.storeId === null) continue;
    const said = await merchant.post(`/v1/settlement-statements/${statement.id}/confirm`);
    expect(said.status, said.text).toBe(200);
  }
  expect(sum).toBe(0n);
  for (const verb of ['close', 'net']) {
    const done = await merchant.post(`/v1/settlement-periods/${id}/${verb}`);
    expect(done.status, done.text).toBeLessThan(300);
  }
  type Payment = { readonly id: string };
  const due = await merchant.get<Items<Payment>>('/v1/settlement-payments?state=due');
  for (const one of due.body.items) {
    const paid = await merchant.post(`/v1/settlement-payments/${one.id}/pay`, { reference: `B${one.id}` });
    expect(paid.body, paid.text).toMatchObject({ state: 'paid' });
  }
}

/** That everybody has what was reckoned, by wallet, points and card. */
export async function checkHolders(house: House): Promise<void> {
  const { merchant } = house.till;
  for (const person of house.people) {
    const wallet = await merchant.get<{ balance: Figures }>(`/v1/wallets/${person.id}`);
    expect(wallet.body.balance, wallet.text).toEqual(shownMoney(house, person));
    const purse = await merchant.get(`/v1/members/${person.id}/points`);
    const { usable, pending } = pointsOf(person.holder, house.bench.time.now);
    expect(purse.body, purse.text).toMatchObject({
      usable: Number(usable),
      pending: Number(pending),
      owed: 0,
    });
  }
}

/** That the books of a year balance, and roll forward from those of the year before. */
export async function closeYear(house: House, year: number, opening: bigint): Promise<bigint> {
  const { bench, till, people, cards, flow } = house;
  await checkHolders(house);
  const onCards = cards.reduce((sum, { left }) => sum + left, 0n);
  const closing = people.reduce((sum, { holder }) => sum + heldBy(holder), onCards);
  const path = `/v1/reports/liability-roll-forward?from=${year}-01-01&until=${year + 1}-01-01`;
  const report = await till.merchant.get<{ totals: Figures[] }>(path);
  const shown = Object.fromEntries(Object.entries(flow).map(([word, amount]) => [word, Number(amount)]));
  expect(report.body.totals, `${house.zone} ${year}`).toMatchObject([
    { ...shown, opening: Number(opening), closing: Number(closing), adjusted: 0, transferred: 0 },
  ]);
  expect(opening + flow.loaded + flow.bonus - flow.spent - flow.refunded - flow.expired).toBe(closing);
  expect(await sumOn(house, ['card', 'wallet'])).toBe(closing);
  const trial = await till.merchant.get<{ balanced: boolean; assets: Figures[] }>('/v1/ledger/trial-balance');
  expect(trial.body.balanced).toBe(true);
  for (const { difference } of trial.body.assets) expect(difference).toBe(0);
  const book = { merchantId: till.merchant.id, chainKeys: keysOf(bench.runtime.keys.chain) };
  const found = await read(bench.runtime.readers, book.merchantId, (db) => verifyWhole(db, book, undefined));
  expect(found?.findings).toEqual([]);
  expect(bench.errors).toEqual([]);
  house.flow = noFlow();
  return closing;
}

/** The sum of all accounts of these purposes, however many there are. */
async function sumOn({ bench, till }: House, purposes: readonly string[]): Promise<bigint> {
  const text = `select coalesce(sum(balance), 0)::text as sum from ledger.account
    where merchant_id = $1 and purpose = any($2)`;
  const [row] = await rowsOf(bench, text, [till.merchant.id, purposes]);
  return big(row?.sum);
}

/** How many cards are noted as expired. */
export async function expiredCards({ bench, till }: House): Promise<number> {
  const text = `select count(*)::integer as count from cards.card where merchant_id = $1 and state = 'expired'`;
  const [row] = await rowsOf(bench, text, [till.merchant.id]);
  return Number(row?.count);
}
