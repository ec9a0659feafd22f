import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, openBench, type TestBench } from '../../../test/harness.ts';
import { openTill, rowsOf, type Till } from '../../../test/till.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Figures = Readonly<Record<string, number>>;
type Statement = {
  readonly id: string;
  readonly storeId: string | null;
  readonly party: string;
  readonly state: string;
  readonly totals: readonly Figures[];
  readonly lines: readonly (Figures & { readonly storeId: string | null; readonly party: string })[];
  readonly adjustments: readonly { readonly amount: number }[];
  readonly allowed: Readonly<Record<string, boolean>>;
};
type Period = { readonly id: string; readonly number: number; readonly nettedAt: string | null };
type Payment = { id: string; payerId: string | null; payeeId: string | null; amount: number; state: string };

async function draw(till: Till, body: Readonly<Record<string, unknown>> = {}): Promise<Period> {
  const made = await till.merchant.post<Period>('/v1/settlement-periods', body);
  expect(made.status, made.text).toBe(201);
  return made.body;
}
async function statementsOf(
  till: Till,
  periodId: string,
  client: Pick<Client, 'get'> = till.merchant,
): Promise<readonly Statement[]> {
  const path = `/v1/settlement-statements?periodId=${periodId}`;
  return (await client.get<{ items: Statement[] }>(path)).body.items;
}
async function statementOf(till: Till, periodId: string, storeId: string | null): Promise<Statement> {
  const found = (await statementsOf(till, periodId)).find((one) => one.storeId === storeId);
  if (!found) throw new Error('no statement');
  return (await till.merchant.get<Statement>(`/v1/settlement-statements/${found.id}`)).body;
}
const say = (client: Pick<Client, 'post'>, id: string, verb: string, body = {}) =>
  client.post(`/v1/settlement-statements/${id}/${verb}`, body);
const paymentsOf = async (till: Till, state: string) =>
  (await till.merchant.get<{ items: Payment[] }>(`/v1/settlement-payments?state=${state}`)).body.items;

test('what stores owe each other is stated, answered, corrected, closed, netted and paid', async () => {
  const till = await openTill(bench);
  const { merchant, storeId, otherStoreId } = till;
  const sold = await till.card();
  const id = await till.paid(sold, 3_000, { storeId: otherStoreId });
  await merchant.post(`/v1/redemptions/${id}/refunds`, { amount: 500, reason: 'returned' });
  const period = await draw(till);
  const first = await statementOf(till, period.id, storeId);
  expect(first.lines).toMatchObject([
    {
      storeId: otherStoreId,
      opening: 0,
      honouredElsewhere: -3_000,
      refunds: 500,
      net: -2_500,
      closing: -2_500,
    },
    { party: 'holders', loads: -10_000, kept: 10_000, net: 0, closing: 0 },
  ]);
  const second = await statementOf(till, period.id, otherStoreId);
  expect(second.totals).toMatchObject([{ honoured: 3_000, refunds: -500, closing: 2_500 }]);

  // Each figure leads to its postings.
  const path = `/v1/settlement-statements/${second.id}/postings`;
  const behind = await merchant.get<{ items: Figures[] }>(`${path}?column=honoured&storeId=${storeId}`);
  expect(behind.body.items).toMatchObject([{ amount: 3_000, type: 'card.redeemed' }]);
  expect((await merchant.get(`${path}?withMerchant=true`)).body).toMatchObject({ items: [] });

  // A store manager sees and answers their own, and no other.
  const manager = await till.key({ role: 'store_manager', storeIds: [otherStoreId] });
  expect(await statementsOf(till, period.id, manager)).toMatchObject([{ id: second.id }]);
  await till.refuses('store_out_of_scope', () => manager.get(`/v1/settlement-statements/${first.id}`));
  await till.refuses('store_out_of_scope', () => say(manager, first.id, 'confirm'));
  const waiting = async (client: Pick<Client, 'get'>) =>
    (await client.get<{ items: { id: string }[] }>('/v1/waiting-statements')).body.items.map(
      ({ id: of }) => of,
    );
  expect(await waiting(manager)).toEqual([second.id]);
  expect(new Set(await waiting(merchant))).toEqual(new Set([first.id, second.id]));
  await till.refuses('store_out_of_scope', () => manager.get(`/v1/stores/${storeId}/open-day`));
  await till.refuses('settlement_statement_not_disputed', () => say(manager, second.id, 'withdraw'));
  const disputed = await say(manager, second.id, 'dispute', { reason: 'two are missing' });
  expect(disputed.body, disputed.text).toMatchObject({ state: 'disputed', reason: 'two are missing' });
  expect(await waiting(manager)).toEqual([]);
  await till.refuses('settlement_statement_disputed', () => say(manager, second.id, 'confirm'));
  const close = () => merchant.post(`/v1/settlement-periods/${period.id}/close`);
  await till.refuses('settlement_statement_disputed', close);
  await till.refuses('permission_denied', () =>
    say(manager, second.id, 'adjustments', { counterpartId: storeId, amount: 200, reason: 'x' }),
  );
  await till.refuses(
    'invalid_request',
    () => say(merchant, second.id, 'adjustments', { counterpartId: otherStoreId, amount: 200, reason: 'x' }),
    { field: 'counterpartId' },
  );
  const adjusted = await say(merchant, second.id, 'adjustments', {
    counterpartId: storeId,
    amount: 200,
    reason: 'two found',
  });
  expect(adjusted.status, adjusted.text).toBe(201);
  // What was stated stays as it was; the correction is of the next period.
  expect(await statementOf(till, period.id, otherStoreId)).toMatchObject({
    state: 'answered',
    totals: [{ adjustments: 0, closing: 2_500 }],
    adjustments: [{ amount: 200 }],
  });
  // What was answered waits for the store again.
  expect(await waiting(manager)).toEqual([second.id]);
  expect((await say(manager, second.id, 'confirm')).status).toBe(200);
  expect(await waiting(manager)).toEqual([]);
  await till.refuses('settlement_statement_confirmed', () =>
    say(manager, second.id, 'dispute', { reason: 'x' }),
  );
  await till.refuses('settlement_statement_unanswered', close);
  await till.refuses('settlement_period_not_closed', () =>
    merchant.post(`/v1/settlement-periods/${period.id}/net`),
  );
  expect((await say(merchant, first.id, 'confirm')).status).toBe(200);
  expect((await close()).body).toMatchObject({ state: 'closed' });
  await till.refuses('settlement_period_closed', close);
  await till.refuses('settlement_period_closed', () => say(manager, second.id, 'dispute', { reason: 'x' }));

  const net = () => merchant.post(`/v1/settlement-periods/${period.id}/net`);
  expect((await net()).body).toMatchObject({ payments: 2, replaced: 0 });
  await till.refuses('settlement_period_netted', net);
  const due = await paymentsOf(till, 'due');
  expect(new Set(due.map(({ payerId, payeeId, amount }) => [payerId, payeeId, amount].join()))).toEqual(
    new Set([`${storeId},,2500`, `,${otherStoreId},2500`]),
  );
  for (const one of due) {
    const paid = await merchant.post(`/v1/settlement-payments/${one.id}/pay`, { reference: 'B1' });
    expect(paid.body, paid.text).toMatchObject({ state: 'paid', reference: 'B1' });
    await till.refuses('settlement_payment_not_due', () =>
      merchant.post(`/v1/settlement-payments/${one.id}/pay`, { reference: 'B2' }),
    );
  }
  const next = await draw(till);
  expect(await statementOf(till, next.id, otherStoreId)).toMatchObject({
    totals: [{ opening: 2_500, adjustments: 200, netting: 0, payments: -2_500, net: -2_300, closing: 200 }],
  });
  const gone = period.id.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  const other = first.id.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  await till.refuses('settlement_statement_not_found', () => say(merchant, other, 'confirm'));
  await till.refuses('settlement_payment_not_found', () =>
    merchant.post(`/v1/settlement-payments/${first.id.replace(/^sst/, 'spy')}/pay`, { reference: 'B3' }),
  );
  await till.refuses('settlement_period_not_found', () =>
    merchant.post(`/v1/settlement-periods/${gone}/close`),
  );
});

test('what was closed is not changed by the service itself', async () => {
  const till = await openTill(bench);
  await till.paid(await till.card(), 1_000, { storeId: till.otherStoreId });
  const period = await draw(till, { answerDays: 0 });
  expect((await till.merchant.post(`/v1/settlement-periods/${period.id}/close`)).status).toBe(200);
  const db = new pg.Client({ connectionString: bench.appUrl });
  await db.connect();
  try {
    const [row] = await rowsOf(
      bench,
      'select merchant_id as id from clearing.period where merchant_id = $1',
      [till.merchant.id],
    );
    await db.query(`select set_config('scrip.merchant_id', $1, false)`, [row?.id]);
    const changed = async (text: string) => (await db.query(text)).rowCount;
    expect(await changed(`update clearing.period set state = 'drawn'`)).toBe(0);
    expect(await changed(`update clearing.statement set state = 'disputed'`)).toBe(0);
    await expect(db.query('update clearing.period set to_seq = 1')).rejects.toThrow('permission denied');
    await expect(db.query('delete from clearing.adjustment')).rejects.toThrow('permission denied');
  } finally {
    await db.end();
  }
});

test('periods follow each other without a gap, and none ends before it begins or in days to come', async () => {
  const till = await openTill(bench, {}, { timezone: 'Asia/Shanghai' });
  bench.time.now = new Date('2027-05-31T15:59:59Z');
  await till.paid(await till.card(), 1_000, { storeId: till.otherStoreId });
  bench.time.now = new Date('2027-05-31T16:00:00Z');
  await till.paid(await till.card(), 700, { storeId: till.otherStoreId });
  const may = await draw(till, { until: '2027-06-01' });
  expect(await statementOf(till, may.id, till.storeId)).toMatchObject({ totals: [{ closing: -1_000 }] });
  await till.refuses('cut_empty', () =>
    till.merchant.post('/v1/settlement-periods', { until: '2027-06-01' }),
  );
  await till.refuses(
    'cut_empty',
    () => till.merchant.post('/v1/settlement-periods', { until: '2027-06-02' }),
    { field: 'until' },
  );
  const june = await draw(till);
  expect(await statementOf(till, june.id, till.storeId)).toMatchObject({
    totals: [{ opening: -1_000, net: -700, closing: -1_700 }],
  });
  await till.refuses('settlement_period_out_of_order', () =>
    till.merchant.post(`/v1/settlement-periods/${june.id}/close`),
  );
});

test("a store's day ends once: what was counted otherwise than taken is booked, with a reason", async () => {
  const till = await openTill(bench);
  await till.card();
  const path = `/v1/stores/${till.storeId}`;
  const open = await till.merchant.get(`${path}/open-day`);
  expect(open.body).toMatchObject({ since: null, tenders: [{ tender: 'cash', taken: 10_000 }] });
  const counted = [{ tender: 'cash', currency: 'CNY', amount: 9_900 }];
  await till.refuses('day_close_reason_required', () =>
    till.merchant.post(`${path}/day-closes`, { counted }),
  );
  const reason = 'change given twice';
  const close = () => till.merchant.post(`${path}/day-closes`, { counted, reason });
  const [one, other] = await Promise.all([close(), close()]);
  expect([one.status, other.status].toSorted((a, b) => a - b)).toContain(201);
  const closes = await till.merchant.get<{ items: { tenders: unknown[] }[] }>('/v1/day-closes');
  expect(closes.body.items.at(-1)).toMatchObject({
    number: 1,
    tenders: [{ taken: 10_000, difference: -100 }],
  });
  expect(closes.body.items.flatMap(({ tenders }) => tenders).length).toBeLessThanOrEqual(2);
  expect((await till.merchant.get(`${path}/open-day`)).body).toMatchObject({ tenders: [] });
});
