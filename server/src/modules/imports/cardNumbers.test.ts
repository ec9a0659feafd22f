import { expect, test } from 'vitest';
import { openBench } from '../../../test/harness.ts';
import { booksOf, importing } from '../../../test/importing.ts';
import { openTill } from '../../../test/till.ts';

test('members keep the card numbers that they had; one that two rows have, or somebody here, is told before it counts', async () => {
  const bench = await openBench();
  const till = await openTill(bench);
  const on = importing(bench, till.merchant);
  const { memberBy } = booksOf(() => till);
  const here = await till.merchant.post('/v1/members', {
    ...{ phone: '13800138900', cardNumber: 'OLD-1' },
    consent: { textVersion: 1 },
  });
  expect(here.status, here.text).toBe(201);
  const id = await on.sent(
    [
      '手机号,会员卡号',
      '13800138901,old-2',
      '13800138902,OLD-1',
      '13800138903,OLD-2',
      '13800138904,',
      '13800138905,!!',
      '13800138900,OLD-9',
    ].join('\n'),
  );
  expect(await on.read(id)).toMatchObject({ mapping: { phone: 0, cardNumber: 1 } });
  expect(await on.checked(id)).toMatchObject({ found: { good: 3, known: 1, bad: 3 } });
  expect(await on.problems(id)).toMatchObject([
    { row: 3, heading: '会员卡号', code: 'card_number_taken' },
    { row: 4, heading: '会员卡号', code: 'twice_in_file' },
    { row: 6, heading: '会员卡号', code: 'not_a_card_number' },
  ]);
  await on.carried(id, 'apply', { skipBad: true });
  expect(await memberBy('13800138901')).toMatchObject({ cardNumber: 'OLD-2' });
  expect(await memberBy('13800138904')).toMatchObject({ cardNumber: expect.stringMatching(/^\d{10}$/) });
  expect(await memberBy('13800138900')).toMatchObject({ cardNumber: 'OLD-1' });
  expect(bench.errors).toEqual([]);
  await bench.close();
});
