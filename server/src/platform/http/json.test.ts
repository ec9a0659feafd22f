import { expect, test } from 'vitest';
import { BadJson, parseStrict } from './json.ts';

const parse = (text: string) => parseStrict(Buffer.from(text));

test('what is JSON with integers is taken as it is', () => {
  const texts = [
    '{"a":1,"b":[-5,0,{"c":"x"}],"d":null,"e":true}',
    ' { "a" : "1.5e3:,[-0" , "b" : ":::" } ',
    '{"a":{"a":1},"b":[{"a":1},{"a":1}]}',
    '{"":1,"\\u0000":2,"😀":3}',
    '"text"',
    '[]',
    'null',
  ];
  for (const text of texts) expect(parse(text)).toEqual(JSON.parse(text));
});

test('a number written as no integer is refused, wherever it stands', () => {
  const numbers = ['1.5', '1.0', '1e3', '1E3', '-0', '-0.0', '0e0', '1e-7', '-1.5'];
  for (const number of numbers) {
    for (const text of [`{"a":${number}}`, `{"a": ${number} }`, `[1,${number}]`, `[[${number}]]`, number]) {
      expect(() => parse(text), text).toThrow(BadJson);
    }
  }
});

test('what only looks like such a number inside a text is taken', () => {
  expect(parse('{"a":",-0","b":":1.5","c":"[1e3"}')).toEqual({ a: ',-0', b: ':1.5', c: '[1e3' });
});

test('a member that is there twice is refused, also where it is spelt another way', () => {
  const texts = [
    '{"a":1,"a":2}',
    '{"a":1,"b":{"c":1,"c":1}}',
    '[{"x":[{"a":1,"a":1}]}]',
    '{"a":1,"\\u0061":2}',
    '{"__proto__":1,"__proto__":2}',
    '{"a":":","a":":"}',
    '{"a" \n :1, "a"\t:2}',
  ];
  for (const text of texts) expect(() => parse(text), text).toThrow('twice');
});

test('a member is not taken for there twice because a text has its name or a colon', () => {
  const texts = ['{"a":"a","b":"\\"a\\":1"}', '{"t":"12:30:00","u":{"t":"1:1"}}', '{"a:b":1,"a":":b"}'];
  for (const text of texts) expect(parse(text)).toEqual(JSON.parse(text));
});

test('what is nested deeper than any schema is refused, however deep', () => {
  expect(parse('['.repeat(20) + ']'.repeat(20))).toBeDefined();
  for (const depth of [21, 10_000, 300_000]) {
    expect(() => parse('['.repeat(depth) + ']'.repeat(depth)), String(depth)).toThrow(BadJson);
    expect(() => parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`), String(depth)).toThrow(BadJson);
    expect(() => parse(`${'['.repeat(depth)}1.5${']'.repeat(depth)}`), String(depth)).toThrow(BadJson);
  }
});

test('what is no JSON and no UTF-8 is refused', () => {
  for (const text of [
    '',
    ' ',
    '{',
    '{"a"}',
    "{'a':1}",
    '{"a":1,}',
    'NaN',
    '01',
    '+1',
    '\ufeff{}',
    '{"a":"\n"}',
  ]) {
    expect(() => parse(text), text).toThrow(BadJson);
  }
  for (const bytes of [
    [0xff],
    [0x22, 0xc0, 0xaf, 0x22],
    [0x22, 0xed, 0xa0, 0x80, 0x22],
    [0x22, 0xf8, 0x22],
  ]) {
    expect(() => parseStrict(Buffer.from(bytes))).toThrow('UTF-8');
  }
});
