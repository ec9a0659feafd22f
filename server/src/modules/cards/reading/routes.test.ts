import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { type CardShown, openTill, type Till } from '../../../../test/till.ts';

let bench: TestBench;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench, { validity: { type: 'after', count: 30, unit: 'days' } });
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Listed = CardShown & { readonly id: string };
type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null };
const list = async (query: string) => (await till.merchant.get<Page<Listed>>(`/v1/cards?${query}`)).body;

/** A card in every state. */
async function oneOfEach(): Promise<Record<string, string>> {
  const old = await till.card();
  bench.time.now = new Date(bench.time.now.getTime() + 31 * 86_400_000);
  const noted = await till.card();
  bench.time.now = new Date(bench.time.now.getTime() + 31 * 86_400_000);
  await bench.runJobs('cards.expire');
  const due = await till.card();
  bench.time.now = new Date(bench.time.now.getTime() + 31 * 86_400_000);
  const made = await till.merchant.post<{ id: string }>('/v1/card-batches', {
    programId: till.programId,
    quantity: 1,
    faceValue: 700,
  });
  await bench.runJobs('batches.generate');
  const [generated] = (await list(`batchId=${made.body.id}`)).items;
  const [printed, active, held, part, used, frozen, dead, replaced, lapsed] = await Promise.all([
    till.blank(),
    ...Array.from({ length: 8 }, () => till.card()),
  ]);
  if (!active || !held || !part || !used || !frozen || !dead || !replaced || !lapsed || !generated)
    throw new Error('no card');
  await till.held(lapsed, 1, { expiresIn: 1 });
  bench.time.now = new Date(bench.time.now.getTime() + 1_000);
  await till.held(held, 1);
  await till.held(held, 2, { expiresIn: 604_800 });
  await till.paid(part, 1);
  await till.paid(used, 10_000);
  await till.does(frozen, 'freeze', { reason: 'lost' });
  await till.does(dead, 'void', { reason: 'gone' });
  await till.does(replaced, 'replace');
  return {
    generated: generated.id,
    printed: printed.id,
    active: active.id,
    active_lapsed: lapsed.id,
    held: held.id,
    partially_used: part.id,
    used_up: used.id,
    frozen: frozen.id,
    voided: dead.id,
    replaced: replaced.id,
    expired: noted.id,
    expired_unnoted: due.id,
    expired_first: old.id,
  };
}

test('every state is shown the same on the card, in the list and by the filter of the list', async () => {
  const ids = await oneOfEach();
  for (const [name, id] of Object.entries(ids)) {
    const state = name.replace(/_(unnoted|first|lapsed)$/, '');
    const card = await till.shown({ id });
    expect([name, card.state]).toEqual([name, state]);
    const { allowed, ...shown } = card;
    const { items } = await list(`state=${state}&limit=200`);
    expect(items.find((item) => item.id === id)).toEqual(shown);
    expect(new Set(items.map((item) => item.state))).toEqual(new Set([state]));
    const [bySerial] = (await list(`serial=${String(card.serial)}`)).items;
    expect(bySerial).toEqual(shown);
  }
});

test('pages follow one another without a gap or a repeat, in the order of serial numbers', async () => {
  const cards = await till.issue(7, 900);
  const batchId = String((await till.shown({ id: cards[0]?.id ?? '' })).batchId);
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page<Listed> = await list(
      `batchId=${batchId}&limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(cards.map(({ id }) => id));
});

test('a history is paged from the newest, and an entry shows what it moved on the card’s own lots', async () => {
  const card = await till.card();
  for (let n = 1; n <= 5; n++) await till.paid(card, n);
  type Entry = {
    readonly id: string;
    readonly type: string;
    readonly amount: number;
    readonly postings: unknown[];
  };
  const entries: Entry[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const path: string = `/v1/cards/${card.id}/activities?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`;
    const { body }: { body: Page<Entry> } = await till.merchant.get<Page<Entry>>(path);
    entries.push(...body.items);
    cursor = body.nextCursor;
  }
  expect(entries.map(({ amount }) => amount)).toEqual([5, 4, 3, 2, 1, 10_000]);
  expect(entries.map(({ postings }) => postings)).toMatchObject([
    [{ amount: -5, balanceAfter: 9_985 }],
    [{ amount: -4, balanceAfter: 9_990 }],
    [{ amount: -3, balanceAfter: 9_994 }],
    [{ amount: -2, balanceAfter: 9_997 }],
    [{ amount: -1, balanceAfter: 9_999 }],
    [{ amount: 10_000, balanceAfter: 10_000 }],
  ]);
});

test('what a refund names stands in the history of the card, and only with redemptions', async () => {
  const card = await till.card();
  const id = await till.paid(card, 700);
  type Entry = { readonly type: string; readonly redemptionId: string | null };
  const { body } = await till.merchant.get<Page<Entry>>(`/v1/cards/${card.id}/activities`);
  expect(body.items.map(({ type, redemptionId }) => [type, redemptionId])).toEqual([
    ['card.redeemed', id],
    ['card.activated', null],
  ]);
});

test('a card of another merchant is not found, to the byte as one that does not exist', async () => {
  const card = await till.card();
  const other = await openTill(bench);
  for (const path of ['', '/activities']) {
    const foreign = await other.refuses('card_not_found', () =>
      other.merchant.get(`/v1/cards/${card.id}${path}`),
    );
    const unknown = await other.merchant.get(`/v1/cards/card_01jd000000e008000000000000${path}`);
    expect(foreign.text).toBe(unknown.text);
  }
  for (const verb of ['freeze', 'void', 'unlock-pin', 'extend', 'deactivate'] as const) {
    const body = { reason: 'r' };
    const foreign = await other.refuses('card_not_found', () => other.ask(card, verb, body));
    const unknown = await other.ask({ id: 'card_01jd000000e008000000000000' }, verb, body);
    expect(foreign.text).toBe(unknown.text);
  }
  expect((await other.merchant.get<Page<Listed>>(`/v1/cards?holder=${card.id}`)).body.items).toEqual([]);
});

test('a cursor, an id or a filter that is none is refused at its field', async () => {
  const get = (path: string) => () => till.merchant.get(path);
  await till.refuses('invalid_request', get('/v1/cards?cursor=x'), { field: 'cursor' });
  await till.refuses('invalid_request', get('/v1/cards?state=lost'), { field: 'state' });
  await till.refuses('invalid_request', get('/v1/cards?serial=1e3'), { field: 'serial' });
  await till.refuses('invalid_request', get('/v1/cards?limit=201'), { field: 'limit' });
  await till.refuses('invalid_request', get('/v1/cards?colour=red'), { field: 'colour' });
  await till.refuses('invalid_request', get(`/v1/cards/${till.storeId}`), { field: 'id' });
  await till.refuses(
    'invalid_request',
    get('/v1/cards/card_01jd000000e008000000000000/activities?cursor=-1'),
    {
      field: 'cursor',
    },
  );
});
