import { createHmac, createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mac } from './mac.ts';

test('it is the HMAC of RFC 2104 for every text and every bytes before it, however long', () => {
  const key = createSecretKey(Buffer.alloc(32, 7));
  const other = createSecretKey(Buffer.alloc(32, 9));
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom('x'.repeat(2_047), '字'.repeat(2_048), 'y'.repeat(9_000)),
  );
  fc.assert(
    fc.property(texts, fc.option(fc.uint8Array({ minLength: 32, maxLength: 32 })), (text, before) => {
      const bytes = before === null ? undefined : Buffer.from(before);
      for (const one of [key, other]) {
        const expected = createHmac('sha256', one)
          .update(bytes ?? Buffer.alloc(0))
          .update(text)
          .digest();
        expect(mac(one, text, bytes).equals(expected)).toBe(true);
      }
    }),
  );
});
