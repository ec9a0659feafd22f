import { expect, test } from 'vitest';
import { assert } from './assert.ts';

test('a fact that holds passes silently', () => {
  for (const fact of [true, 1, 'text', {}, 1n]) expect(() => assert(fact, 'holds')).not.toThrow();
});

test('a fact that does not hold throws and says which', () => {
  for (const fact of [false, 0, '', null, undefined, 0n]) {
    expect(() => assert(fact, 'balance is known')).toThrow('assertion failed: balance is known');
  }
});
