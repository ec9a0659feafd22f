import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { couponsAt } from '../../../test/coupons.ts';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { openTill, rowsOf } from '../../../test/till.ts';
import { peopleOf } from '../../../test/wallet.ts';

let bench: TestBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

const issueMax = 12;
const verbs = [
  'give',
  'buy',
  'buyTwice',
  'refund',
  'refundPart',
  'withdraw',
  'day',
  'lapse',
  'topUp',
  'payBack',
] as const;
const step = fc.record({
  verb: fc.constantFrom(...verbs),
  pick: fc.nat(99),
  count: fc.integer({ min: 1, max: 4 }),
});
const seed = Number(process.env.SCRIP_MODEL_SEED ?? Date.now() % 1_000_000);

/** What the ledger and the rows say of all coupons, which must be the same. */
const books = `
  select
    (select coalesce(sum(a.balance), 0)::int from ledger.account a where a.merchant_id = $1 and a.purpose = 'coupon') as uses,
    (select count(*)::int from coupons.coupon c where c.merchant_id = $1 and c.state = 'held') as held,
    (select count(*)::int from coupons.coupon c
     join ledger.account a on a.merchant_id = $1 and a.owner_id = c.id and a.purpose = 'coupon'
     where c.merchant_id = $1 and (a.balance = 1) <> (c.state = 'held')) as wrong,
    (select count(*)::int from coupons.coupon c where c.merchant_id = $1) as rows`;

test('whatever happens to coupons one after another, each is one use or none, and all of them are counted once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 50 }), async (steps) => {
      bench.time.now = new Date('2026-11-22T04:00:00Z');
      const till = await openTill(bench);
      const at = couponsAt(till);
      const member = await peopleOf(bench, till, '134').member();
      const templateId = await at.template({ issueMax, validity: { type: 'after', count: 2, unit: 'days' } });
      const rule = { name: 'Coupons', steps: [{ from: 1, coupons: { templateId, count: 2 } }] };
      await till.merchant.post('/v1/bonus-rules', rule);
      const purchases: { id: string; left: number }[] = [];
      const pickOf = <T>(items: readonly T[], pick: number): T | undefined =>
        items[pick % Math.max(items.length, 1)];
      for (const { verb, pick, count } of steps) {
        const coupon = pickOf(await at.listed(member), pick)?.id;
        const purchase = pickOf(purchases, pick);
        const bought = async () => {
          const paid = await at.buy(member, coupon, 4_000);
          if (paid.status === 201) purchases.push({ id: paid.body.id, left: 4_000 });
        };
        if (verb === 'give') await at.give(member, templateId, count);
        if (verb === 'buy' && coupon) await bought();
        if (verb === 'buyTwice' && coupon) await Promise.all([bought(), bought()]);
        if ((verb === 'refund' || verb === 'refundPart') && purchase && purchase.left > 0) {
          const amount = verb === 'refund' ? purchase.left : Math.ceil(purchase.left / 2);
          if ((await at.refund(purchase.id, amount)).status === 201) purchase.left -= amount;
        }
        if (verb === 'withdraw' && coupon) await at.withdraw(coupon);
        if (verb === 'day') bench.time.now = new Date(bench.time.now.getTime() + 86_400_000);
        if (verb === 'lapse') await bench.runJobs('coupons.lapse');
        if (verb === 'topUp') {
          const payment = { tender: 'cash', amount: 500, reference: 'T' };
          const made = await till.merchant.post('/v1/wallet-top-ups', {
            ...{ memberId: member.id, storeId: till.storeId, amount: 500, payment },
          });
          // However few are left: the money comes in.
          expect(made.status, made.text).toBe(201);
        }
        if (verb === 'payBack') {
          const asked = { memberId: member.id };
          type Quotes = { items: { topUpId: string; refund: number; coupons: number }[] };
          const { body } = await till.merchant.post<Quotes>('/v1/wallet-refund-quotes', asked);
          const quote = pickOf(body.items, pick);
          if (quote) {
            const before = await at.shown(templateId);
            const done = await till.merchant.post(`/v1/wallet-top-ups/${quote.topUpId}/refunds`, {
              ...{ amount: quote.refund, reason: 'leaves', payment: { tender: 'cash', reference: 'B' } },
            });
            expect(done.status, done.text).toBe(201);
            expect((await at.shown(templateId)).withdrawn - before.withdrawn).toBe(quote.coupons);
          }
        }
        const [row] = await rowsOf(bench, books, [till.merchant.id]);
        const { issued, held, used, lapsed, withdrawn } = await at.shown(templateId);
        expect(row).toEqual({ uses: held, held, wrong: 0, rows: issued });
        expect(issued).toBeLessThanOrEqual(issueMax);
        expect(held + used + lapsed + withdrawn).toBe(issued);
        expect(Math.min(held, used, lapsed, withdrawn)).toBeGreaterThanOrEqual(0);
        // Each use that is taken belongs to a purchase of which something is left, or whose coupon was lost with its time.
        expect(used).toBeLessThanOrEqual(purchases.length);
      }
    }),
    { numRuns: 6, seed, endOnFailure: true, interruptAfterTimeLimit: 60_000 },
  );
}, 120_000);
