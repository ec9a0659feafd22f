import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { rowsOf } from '../../../test/till.ts';
import { memberJobs } from './jobs.ts';
import type { MemberParts } from './parts.ts';
import { memberVault } from './vault.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

test('turned, the key of personal data leaves nothing under the old one, and all of it readable', async () => {
  const merchant = await bench.merchant();
  const consent = { textVersion: 1 };
  for (const [phone, name] of [
    ['13300000001', 'Li'],
    ['13300000002', undefined],
  ] as const) {
    await merchant.post('/v1/members', { phone, name, email: 'x@example.com', consent });
  }
  const { personal, lookup } = bench.runtime.keys;
  const newer = { current: 2, keys: new Map([...personal.keys, [2, Buffer.from(bench.runtime.random(32))]]) };
  const vault = memberVault({ personal: newer, lookup });
  const resealed: string[] = [];
  const parts: MemberParts = { ...bench.runtime.members, vault };
  const asSystem: Parameters<typeof memberJobs>[0]['asSystem'] = (merchantId, useCase, input) => {
    resealed.push(useCase.name);
    const command = { useCase, input, keyId: systemId, idempotencyKey: null, fingerprint: null } as unknown;
    return bench.runtime.executor.run(
      merchantId,
      command as Parameters<typeof bench.runtime.executor.run>[1],
    );
  };
  const job = memberJobs({ ...parts, asSystem }).find(({ name }) => name === 'members.reseal');
  const signal = new AbortController().signal;
  await job?.run(signal);
  await job?.run(signal);
  expect(resealed).toEqual(['member.reseal', 'member.reseal']);
  const versions = await rowsOf(
    bench,
    `select distinct get_byte(sealed_phone, 0) as phone, get_byte(sealed_email, 0) as email from members.member`,
  );
  expect(versions).toEqual([{ phone: 2, email: 2 }]);
  // Without the old key, as after it was taken out of the file.
  const alone = memberVault({ personal: { current: 2, keys: new Map([...newer.keys].slice(1)) }, lookup });
  const rows = await rowsOf(bench, 'select id, sealed_phone from members.member order by created_at, id');
  const numbers = rows.map(({ id, sealed_phone }) =>
    Buffer.isBuffer(sealed_phone)
      ? alone.open(sealed_phone, { merchantId: merchant.id, id: String(id), field: 'phone' })
      : '',
  );
  expect(numbers.sort()).toEqual(['+8613300000001', '+8613300000002']);
});

const systemId = '00000000-0000-0000-0000-000000000000';
