import { expect, test } from 'vitest';
import { openBench } from '../../../test/harness.ts';
import { rowsOf } from '../../../test/till.ts';

test('a fault of ours is told as such and logged once, with the address and never with what was sent', async () => {
  const bench = await openBench();
  const merchant = await bench.merchant();
  await rowsOf(bench, 'alter table cards.card rename to misplaced');
  const read = await merchant.get('/v1/cards?holder=somebody');
  const write = await merchant.post('/v1/verifications', { code: 'SECRET-CODE', pin: '271828' });
  for (const reply of [read, write]) {
    expect(reply.body).toEqual({
      type: '/docs/errors#internal_error',
      title: 'Something broke. It has been logged.',
      status: 500,
      code: 'internal_error',
    });
    expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  }
  expect(bench.errors).toHaveLength(2);
  expect(bench.errors.join()).not.toMatch(/SECRET-CODE|271828|somebody/);
  const other = await merchant.get('/v1/stores');
  expect(other.status).toBe(200);
  await bench.close();
});
