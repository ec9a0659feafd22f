import { afterAll, beforeAll, expect, test } from 'vitest';
import { couponsAt } from '../../../../test/coupons.ts';
import { type Client, openBench, type TestBench } from '../../../../test/harness.ts';
import { madeBy, openTill, type Till } from '../../../../test/till.ts';
import { peopleOf, type TestHolder } from '../../../../test/wallet.ts';

let bench: TestBench;
let till: Till;
let member: TestHolder;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench);
  member = await peopleOf(bench, till, '139').holder();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Export = {
  readonly id: string;
  readonly records: Readonly<Record<string, unknown>>;
  readonly withheld: readonly string[];
};

async function exported(client: Client = till.merchant): Promise<Export> {
  const reply = await client.post<Export>(`/v1/members/${member.id}/export`, {});
  expect(reply.status, reply.text).toBe(200);
  return reply.body;
}

const lengthOf = (told: unknown) => (Array.isArray(told) ? told.length : undefined);

test('who asks what is kept of them gets all that the API tells of them, lists to their end and nothing of others', async () => {
  const { merchant, storeId } = till;
  const others = await peopleOf(bench, till, '138').member();
  for (const { id } of [member, others])
    madeBy(
      await merchant.post('/v1/wallet-top-ups', {
        ...{ memberId: id, storeId, amount: 90_000 },
        payment: { tender: 'cash', amount: 90_000, reference: 'T' },
      }),
    );
  await couponsAt(till).given(member, await couponsAt(till).template(), 3);
  // More than the longest page.
  for (let n = 0; n < 203; n++)
    madeBy(
      await merchant.post('/v1/purchases', {
        ...{ storeId, memberId: n % 20 === 1 ? others.id : member.id, reference: `S${n}` },
        ...{ lines: [{ name: '茶', price: 100 }], tenders: [{ kind: 'wallet', amount: 100 }] },
      }),
    );
  const { records, withheld } = await exported();
  const paged = await merchant.get<{ items: object[] }>(`/v1/purchases?memberId=${member.id}&limit=3`);
  expect(records.purchases).toHaveLength(192);
  expect(records.purchases).toEqual(expect.arrayContaining(paged.body.items));
  expect(records).toMatchObject({
    wallets: (await merchant.get<object>(`/v1/wallets/${member.id}`)).body,
    points: (await merchant.get<object>(`/v1/members/${member.id}/points`)).body,
    cards: [{ id: member.card.id }],
    walletTopUps: [{ memberId: member.id }],
  });
  expect([lengthOf(records.coupons), lengthOf(records.walletsHistory)]).toEqual([3, 193]);
  expect(JSON.stringify(records)).not.toContain(others.id);
  expect(withheld).toEqual([]);
});

test('every route that is about one member is in it, so what is kept of members one day is too', async () => {
  const { records } = await exported();
  type Parameter = { readonly name: string; readonly in: string };
  type Document = {
    readonly paths: Readonly<
      Record<string, { readonly get?: { readonly parameters?: readonly Parameter[] } }>
    >;
  };
  const document = (await till.merchant.get<Document>('/openapi.json')).body;
  const about = Object.entries(document.paths).filter(
    ([path, { get }]) =>
      get && (/^\/v1\/members\/\{id\}\//.test(path) || /^\/v1\/wallets\/\{memberId\}/.test(path)),
  );
  expect(about.length).toBeGreaterThan(7);
  const missing = about
    .map(([path]) => path.replace(/^\/v1\/(members\/\{id\}\/)?/, '').replace('/{memberId}', ''))
    .map((words) => words.replaceAll(/[/-](\w)/g, (_, letter: string) => letter.toUpperCase()))
    .filter((name) => !(name in records));
  // Who was not merged into another has no heir.
  expect(missing).toEqual(['heir']);
});

test('what who asks may not see is named as left out, and not in it', async () => {
  const narrow = await till.key({ permissions: ['members.erase', 'points.read'] });
  const { records, withheld } = await exported(narrow);
  expect(Object.keys(records).toSorted()).toEqual(['giftOrders', 'points', 'pointsHistory']);
  expect(withheld).toContain('purchases');
  expect(withheld).toContain('wallets');
});
