import { expect, test } from 'vitest';
import { openBench } from '../../../test/harness.ts';
import { mergingAt } from '../../../test/merging.ts';
import { first, madeBy, openTill } from '../../../test/till.ts';
import { peopleOf } from '../../../test/wallet.ts';

test('what a card paid of a purchase goes back with the purchase alone, and what was earned by it goes with it', async () => {
  const bench = await openBench();
  const till = await openTill(bench);
  const { merchant, storeId } = till;
  const member = await peopleOf(bench, till, '136').member();
  const at = mergingAt(bench, till);
  await at.scheme();
  const card = await till.card();
  const bought = await merchant.post('/v1/purchases', {
    ...{ storeId, memberId: member.id, reference: 'P1', lines: [{ name: 'Tea', price: 10_000 }] },
    tenders: [{ kind: 'gift_card', code: card.code, pin: card.pin, amount: 10_000 }],
  });
  const purchaseId = madeBy(bought);
  expect(await at.points(member)).toMatchObject({ usable: 100 });
  type Listed = { items: { id: string; redemptionId: string | null }[] };
  const part = first((await merchant.get<Listed>('/v1/redemptions')).body.items);
  const back = { amount: 10_000, reason: 'back' };
  await till.refuses('redemption_of_purchase', () =>
    merchant.post(`/v1/redemptions/${part.id}/refunds`, back),
  );
  const history = (await merchant.get<Listed>(`/v1/cards/${card.id}/activities`)).body.items;
  expect(history.filter(({ redemptionId }) => redemptionId !== null)).toEqual([]);
  madeBy(await merchant.post(`/v1/purchases/${purchaseId}/refunds`, back));
  expect(await at.points(member)).toMatchObject({ usable: 0, owed: 0 });
  expect(await till.shown(card)).toMatchObject({ balance: 10_000 });
  const alone = await till.paid(card, 10_000);
  madeBy(await merchant.post(`/v1/redemptions/${alone}/refunds`, back));
  expect(bench.errors).toEqual([]);
  await bench.close();
});
