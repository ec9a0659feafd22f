import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { connectAsOwner, type Owner } from '../../../../test/owner.ts';
import { openShop } from '../../../../test/shop.ts';

let bench: TestBench;
let owner: Owner;
beforeAll(async () => {
  bench = await openBench();
  owner = await connectAsOwner(bench.ownerUrl);
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await owner.close();
  await bench.close();
});

/** How many postings the planner takes the ledger to have. */
async function estimated(): Promise<number> {
  const [row] = await owner.rows(`select reltuples from pg_class where oid = 'ledger.posting'::regclass`);
  return Number(row?.reltuples);
}

test.each(['reports.addUp', 'cards.keepList'])(
  '%s is planned for the log as it is when it begins, not as it was when nothing had been sold',
  async (job) => {
    await owner.rows('alter table ledger.posting set (autovacuum_enabled = off)');
    const shop = await openShop(bench);
    await bench.runJobs(job);
    const before = await estimated();
    // Fewer rows than those after which the executor sees to the plans itself.
    const cards = await shop.sell(Math.max(before, 40));
    expect(await estimated()).toBe(before);
    await bench.runJobs(job);
    expect(await estimated()).toBeGreaterThanOrEqual(before + cards.length);
  },
);
