import fc from 'fast-check';
import { expect, test } from 'vitest';
import { activityId, decodeId, encodeId, newId, seqOf } from './id.ts';
import { seededRandom } from './random.ts';

const anyUuid = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => Buffer.from(bytes).toString('hex'))
  .map((hex) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
const anyPrefix = fc.constantFrom('card', 'store', 'a', 'card_batch');
const anyTime = fc.date({ min: new Date(0), max: new Date(2 ** 48 - 1), noInvalidDate: true });
const anySeq = fc.bigInt({ min: 0n, max: 2n ** 62n - 1n });

/** The slow, obvious encoding, to compare with. */
function encodeByArithmetic(uuid: string): string {
  let rest = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let digits = '';
  for (let at = 0; at < 26; at++, rest >>= 5n) {
    digits = '0123456789abcdefghjkmnpqrstvwxyz'.charAt(Number(rest & 31n)) + digits;
  }
  return digits;
}

test('an id says what the TypeID specification says it should', () => {
  const examples = [
    ['00000000-0000-0000-0000-000000000000', '00000000000000000000000000'],
    ['00000000-0000-0000-0000-000000000001', '00000000000000000000000001'],
    ['00000000-0000-0000-0000-00000000000a', '0000000000000000000000000a'],
    ['00000000-0000-0000-0000-000000000010', '0000000000000000000000000g'],
    ['00000000-0000-0000-0000-000000000020', '00000000000000000000000010'],
    ['ffffffff-ffff-ffff-ffff-ffffffffffff', '7zzzzzzzzzzzzzzzzzzzzzzzzz'],
    ['0110c853-1d09-52d8-d73e-1194e95b5f19', '0123456789abcdefghjkmnpqrs'],
    ['01890a5d-ac96-774b-bcce-b302099a8057', '01h455vb4pex5vsknk084sn02q'],
  ];
  for (const [uuid = '', digits = ''] of examples) {
    expect(encodeId('card', uuid)).toBe(`card_${digits}`);
    expect(decodeId('card', `card_${digits}`)).toBe(uuid);
  }
});

test('every uuid comes back from its outside form, which is the one that arithmetic gives', () => {
  fc.assert(
    fc.property(anyPrefix, anyUuid, (prefix, uuid) => {
      const text = encodeId(prefix, uuid);
      expect(text).toBe(`${prefix}_${encodeByArithmetic(uuid)}`);
      expect(decodeId(prefix, text)).toBe(uuid);
    }),
    { numRuns: 2000 },
  );
});

test('outside forms sort as their uuids do', () => {
  fc.assert(
    fc.property(anyUuid, anyUuid, (one, other) => {
      expect(encodeId('card', one) < encodeId('card', other)).toBe(one < other);
    }),
  );
});

test('only the canonical text of the right kind is an id', () => {
  const good = 'card_01h455vb4pex5vsknk084sn02q';
  expect(decodeId('card', good)).toBeDefined();
  const wrong = [
    '',
    'card',
    'card_',
    good.slice(5),
    good.toUpperCase(),
    good.replace('h', 'H'),
    ` ${good}`,
    `${good} `,
    `${good}0`,
    good.slice(0, -1),
    good.replace('_', '-'),
    good.replace('card', 'care'),
    'card_81h455vb4pex5vsknk084sn02q',
    'card_z1h455vb4pex5vsknk084sn02q',
    ...['i', 'l', 'o', 'u', '-', ' ', '\0', 'é', '中', '０', '\u0130'].map((sign) => good.replace('q', sign)),
    ...['i', 'u', '中', '-'].map((sign) => good.replace('_0', `_${sign}`)),
    '01890a5d-ac96-774b-bcce-b302099a8057',
  ];
  for (const text of wrong) expect(decodeId('card', text), JSON.stringify(text)).toBeUndefined();
  expect(decodeId('store', good)).toBeUndefined();
});

test('any text that decodes is exactly what its uuid encodes to', () => {
  const text = fc.string({
    unit: fc.constantFrom(...'0123456789abcdefghjkmnpqrstvwxyzilouAZ_-'),
    minLength: 26,
    maxLength: 26,
  });
  fc.assert(
    fc.property(text, (digits) => {
      const uuid = decodeId('card', `card_${digits}`);
      const canonical = /^[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}$/.test(digits);
      expect(uuid !== undefined).toBe(canonical);
      if (uuid !== undefined) expect(encodeId('card', uuid)).toBe(`card_${digits}`);
    }),
    { numRuns: 2000 },
  );
});

test('encoding anything but lower-case uuid text is a mistake', () => {
  const good = '01890a5d-ac96-774b-bcce-b302099a8057';
  const wrong = [
    '',
    good.toUpperCase(),
    good.replaceAll('-', ''),
    good.replace('-', '0'),
    good.replace('9', 'g'),
    good.replace('9', '中'),
    `${good}0`,
  ];
  for (const text of wrong) expect(() => encodeId('card', text), text).toThrow('uuid text');
});

test('a new id is a uuid of version 7 that holds its time', () => {
  fc.assert(
    fc.property(anyTime, fc.integer(), (now, seed) => {
      const id = newId(now, seededRandom(seed));
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(now.getTime());
    }),
  );
});

test('a new id made in a later millisecond sorts later, outside too', () => {
  fc.assert(
    fc.property(anyTime, anyTime, fc.integer(), (one, other, seed) => {
      fc.pre(one.getTime() < other.getTime());
      const random = seededRandom(seed);
      const [earlier, later] = [newId(one, random), newId(other, random)];
      expect(earlier < later).toBe(true);
      expect(encodeId('card', earlier) < encodeId('card', later)).toBe(true);
    }),
  );
});

test('all 74 random bits of a new id vary, and no two ids of one millisecond are alike', () => {
  const random = seededRandom(5);
  const now = new Date('2026-03-01T12:00:00Z');
  const ids = Array.from({ length: 5000 }, () => newId(now, random));
  expect(new Set(ids).size).toBe(5000);
  const ones = new Array<number>(128).fill(0);
  for (const id of ids) {
    const bits = BigInt(`0x${id.replaceAll('-', '')}`)
      .toString(2)
      .padStart(128, '0');
    for (let at = 0; at < 128; at++) ones[at] = (ones[at] ?? 0) + (bits[at] === '1' ? 1 : 0);
  }
  const varying = ones.filter((count) => count > 2200 && count < 2800).length;
  const fixed = ones.filter((count) => count === 0 || count === 5000).length;
  expect({ varying, fixed }).toStrictEqual({ varying: 74, fixed: 54 });
});

test('the journal number comes back out of an activity id', () => {
  const borders = [0n, 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n];
  for (const seq of [...borders, 2n ** 62n - 1n]) expect(seqOf(activityId(new Date(0), seq))).toBe(seq);
  fc.assert(
    fc.property(anyTime, anySeq, (time, seq) => {
      const id = activityId(time, seq);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8000-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(time.getTime());
      expect(seqOf(id)).toBe(seq);
      expect(decodeId('act', encodeId('act', id))).toBe(id);
    }),
    { numRuns: 1000 },
  );
});

test('activity ids sort by time, then by journal number', () => {
  const near = fc.integer({ min: 1_760_000_000_000, max: 1_760_000_000_002 }).map((ms) => new Date(ms));
  const someSeq = fc.oneof(anySeq, fc.bigInt({ min: 2n ** 32n - 3n, max: 2n ** 32n + 3n }));
  fc.assert(
    fc.property(near, someSeq, near, someSeq, (timeA, seqA, timeB, seqB) => {
      const before = timeA < timeB || (timeA.getTime() === timeB.getTime() && seqA < seqB);
      expect(activityId(timeA, seqA) < activityId(timeB, seqB)).toBe(before);
    }),
    { numRuns: 1000 },
  );
});

test('no other id is taken for that of an activity', () => {
  const id = activityId(new Date('2026-03-01T12:00:00Z'), 42n);
  const wrong = [
    newId(new Date(0), seededRandom(1)),
    '',
    id.toUpperCase(),
    `${id}0`,
    id.replace('-8000-', '-8001-'),
    id.replace('-8000-', '-7000-'),
    id.replace('-8000-8', '-8000-c'),
    id.replace('-8000-8', '-8000-0'),
    id.replace('-8000-', '080000'),
  ];
  for (const text of wrong) expect(seqOf(text), text).toBeUndefined();
});

test('a time before 1970 or beyond 48 bits, an invalid one, or a number beyond 62 bits is a mistake', () => {
  const random = seededRandom(1);
  for (const time of [new Date(-1), new Date(2 ** 48), new Date(Number.NaN)]) {
    expect(() => newId(time, random)).toThrow('needs a time');
    expect(() => activityId(time, 1n)).toThrow('needs a time');
  }
  for (const seq of [-1n, 2n ** 62n]) expect(() => activityId(new Date(0), seq)).toThrow('62 bits');
  expect(() => newId(new Date(0), () => new Uint8Array(3))).toThrow('as many bytes');
});
