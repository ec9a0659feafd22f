import { afterAll, beforeAll, expect, test } from 'vitest';
import { hire } from '../../../test/desk.ts';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { importing } from '../../../test/importing.ts';
import { openTill, type Till } from '../../../test/till.ts';
import { send, type Waits } from '../../../test/twoOwners.ts';

let bench: TestBench;
let till: Till;
let on: ReturnType<typeof importing>;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench);
  on = importing(bench, till.merchant);
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Consent = { purpose: string; given: boolean; textVersion: number; at: string };

async function consentsOf(phone: string): Promise<readonly Consent[]> {
  const found = await till.merchant.get<{ items: { id: string }[] }>(`/v1/members?phone=${phone}`);
  const id = found.body.items[0]?.id;
  return (await till.merchant.get<{ consents: Consent[] }>(`/v1/members/${id}`)).body.consents;
}

test('who is imported has agreed to nothing here; to advertising there only where it is known when', async () => {
  const id = await on.sent(
    [
      '手机,同意营销,同意日期',
      '13800138001,是,2025-03-01',
      '13800138002,是,',
      '13800138003,否,2025-03-01',
      '13800138004,,',
      '13800138005,或许,2025-03-01',
      '13800138006,是,2030-01-01',
    ].join('\n'),
  );
  expect(await on.checked(id)).toMatchObject({ found: { good: 3, bad: 3 } });
  expect((await on.problems(id)).map(({ row, code }) => [row, code])).toEqual([
    [3, 'consent_undated'],
    [6, 'not_yes_or_no'],
    [7, 'in_the_future'],
  ]);
  await on.carried(id, 'apply', { skipBad: true });
  const marketing = { purpose: 'marketing', textVersion: 0, at: '2025-02-28T16:00:00.000Z' };
  expect(await consentsOf('13800138001')).toEqual([{ ...marketing, given: true }]);
  expect(await consentsOf('13800138003')).toEqual([{ ...marketing, given: false }]);
  expect(await consentsOf('13800138004')).toEqual([]);
});

test('imports are of the whole merchant: a key that is limited to stores neither sees nor makes any', async () => {
  const id = await on.sent('手机\n13800138021\n');
  const limited = await till.key({ role: 'owner', storeIds: [till.storeId] });
  const { body } = await limited.get<{ items: object[] }>('/v1/imports');
  expect(body.items).toEqual([]);
  await till.refuses('import_not_found', () => limited.get(`/v1/imports/${id}`));
  for (const [word, sent] of [
    ['check', {}],
    ['apply', {}],
    ['cancel', {}],
    ['take-file', {}],
    ['reverse', { reason: 'x' }],
  ] as const)
    await till.refuses('store_out_of_scope', () => limited.post(`/v1/imports/${id}/${word}`, sent));
});

test('above the limit for what is issued a second person decides on an import, and on taking it back', async () => {
  const alice = await hire(bench, till.merchant, { role: 'owner' });
  const bob = await hire(bench, alice.browser, { role: 'owner' });
  const id = await on.sent('手机,余额\n13800138011,10000.01\n');
  await on.checked(id);
  const agree = async (path: string, body: object, kind: string) => {
    const waits = await send<Waits>(alice.browser, path, body);
    expect(waits.body.approval, waits.text).toMatchObject({ kind, state: 'pending' });
    await bench.runJobs('imports.apply');
    expect(await on.read(id)).not.toMatchObject({ state: 'applying' });
    const done = await send(bob.browser, `/v1/approvals/${waits.body.approval.id}/approve`, { revision: 1 });
    expect(done.status, done.text).toBe(200);
  };
  await agree(`/v1/imports/${id}/apply`, {}, 'issue');
  await bench.runJobs('imports.apply');
  expect(await on.read(id)).toMatchObject({ state: 'applied', became: { principal: 1_000_001 } });
  await agree(`/v1/imports/${id}/reverse`, { reason: 'twice' }, 'void');
  await bench.runJobs('imports.reverse');
  expect(await on.read(id)).toMatchObject({ state: 'reversed' });
});
