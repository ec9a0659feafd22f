import { expect, test } from 'vitest';
import { openBench } from '../../../test/harness.ts';
import { madeBy, openTill } from '../../../test/till.ts';

test('a hold whose time is up is let go of by a purchase that its card pays, as by any payment', async () => {
  const bench = await openBench();
  const till = await openTill(bench);
  const card = await till.card();
  await till.held(card, 8_000);
  bench.time.now = new Date(bench.time.now.getTime() + 40 * 86_400_000);
  const half = { kind: 'gift_card', code: card.code, pin: card.pin, amount: 2_000 };
  const buy = (reference: string) =>
    till.merchant.post('/v1/purchases', {
      ...{ storeId: till.storeId, reference, lines: [{ name: 'Tea', price: 4_000 }] },
      tenders: [half, half],
    });
  madeBy(await buy('P1'));
  expect(await till.shown(card)).toMatchObject({ balance: 6_000, held: 0, available: 6_000 });
  await bench.runJobs('cards.endLapsedHolds');
  madeBy(await buy('P2'));
  await till.paid(card, 2_000);
  expect(await till.shown(card)).toMatchObject({ balance: 0, held: 0 });
  expect(bench.errors).toEqual([]);
  await bench.close();
});
