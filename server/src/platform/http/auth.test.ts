import { expect, test } from 'vitest';
import { keyRegistry } from './auth.ts';

test('a key whose first requests come together is noted as used once, at the last of them', async () => {
  let now = new Date('2026-11-22T04:00:00Z');
  const registry = keyRegistry(
    async () => ({ keyId: 'k', merchantId: 'm' }),
    () => now,
  );
  await Promise.all([registry.identify('Bearer a'), registry.identify('Bearer a')]);
  now = new Date('2026-11-22T04:00:01Z');
  await registry.identify('Bearer a');
  expect([...registry.takeUses()]).toEqual([[{ keyId: 'k', merchantId: 'm' }, now]]);
  expect(registry.takeUses().size).toBe(0);
});
