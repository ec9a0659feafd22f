import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inOrder } from './inOrder.ts';

const items = Array.from({ length: 200 }, (_, n) => ({ n, lane: String(n % 7) }));

test('those of one lane come one after the other, others at once, but no more than allowed', async () => {
  const seen = new Map<string, number[]>();
  const busy = new Set<string>();
  let most = 0;
  await inOrder(
    items,
    5,
    ({ lane }) => lane,
    async ({ n, lane }) => {
      expect(busy.has(lane)).toBe(false);
      busy.add(lane);
      most = Math.max(most, busy.size);
      for (let turns = n % 4; turns > 0; turns--) await turn();
      busy.delete(lane);
      seen.set(lane, [...(seen.get(lane) ?? []), n]);
    },
  );
  expect(most).toBe(5);
  expect([...seen.values()].flat()).toHaveLength(items.length);
  for (const ns of seen.values()) expect(ns).toEqual(ns.toSorted((a, b) => a - b));
});

test('after a failure nothing more is begun, and it is thrown when all has ended', async () => {
  let [begun, ended] = [0, 0];
  const work = async ({ n }: { n: number }) => {
    begun++;
    await turn();
    ended++;
    if (n === 20) throw new Error('the twentieth');
  };
  await expect(inOrder(items, 5, ({ lane }) => lane, work)).rejects.toThrow('the twentieth');
  expect(begun).toBe(ended);
  expect(begun).toBeLessThan(30);
});
