import { expect, test } from 'vitest';
import { isRefused, refused } from './outcome.ts';

test('a refusal carries its code and only the explanations it was given', () => {
  expect(refused('card_frozen')).toStrictEqual({ refused: 'card_frozen' });
  expect(refused('insufficient_balance', { field: 'amount', next: 'reload' })).toStrictEqual({
    refused: 'insufficient_balance',
    field: 'amount',
    next: 'reload',
  });
});

test('a refusal is recognised and nothing else is', () => {
  expect(isRefused(refused('card_frozen'))).toBe(true);
  for (const other of [undefined, null, 'refused', {}, { accepted: true }, { refused: 3 }, []]) {
    expect(isRefused(other)).toBe(false);
  }
});
