import * as fc from 'fast-check';
import { routesOf } from '../src/api.ts';
import type { Route } from '../src/platform/http/route.ts';
import type { TestBench } from './harness.ts';

/** Every route of a service, by its method and path. */
export function routesByName({ runtime }: TestBench): ReadonlyMap<string, Route> {
  const routes = routesOf({ ...runtime, poke: () => undefined });
  return new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));
}

/** A JSON schema, as far as our OpenAPI document uses it. */
export type Schema = {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
};

/** What is worth trying for a field of this name, or with ids of this prefix, besides what its schema says. */
export type Words = {
  readonly named: Readonly<Record<string, readonly unknown[]>>;
  readonly ids: readonly string[];
};

/** Values that fit a schema, made of words that lead somewhere. */
export function fitting(schema: Schema, words: Words, name = ''): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => fitting(choice, words, name)));
  const named = words.named[name];
  if (named && named.length > 0) return fc.constantFrom(...named);
  switch (schema.type ?? '') {
    case 'object':
      return fittingObject(schema, words);
    case 'array':
      return fc.array(fitting(schema.items ?? {}, words, name), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, 3),
      });
    case 'string':
      return fittingText(schema, words);
    case 'integer':
    case 'number':
      return fc.oneof(
        fc.integer({ min: 1, max: 500 }),
        fc.constantFrom(schema.minimum ?? 1, schema.maximum ?? 1),
      );
    case 'boolean':
      return fc.boolean();
    default:
      return fc.constant(null);
  }
}

function fittingObject({ properties = {}, required = [] }: Schema, words: Words): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, fitting(schema, words, name)]),
  );
  return fc.record(fields, { requiredKeys: required.filter((name) => name in fields) });
}

function fittingText(
  { pattern = '', format, maxLength = 40 }: Schema,
  { ids }: Words,
): fc.Arbitrary<unknown> {
  if (format === 'date') return fc.constantFrom('2026-11-22', '2030-02-28', '9999-12-30', '0001-01-01');
  if (format === 'date-time') return fc.constantFrom('2030-01-31T00:00:00Z', '2026-11-22T04:00:00+08:00');
  const prefix = /^\^([a-z]+_)\[0-7\]/.exec(pattern)?.[1];
  if (prefix !== undefined)
    return fc.constantFrom(
      ...ids.filter((id) => id.startsWith(prefix)),
      `${prefix}01jd000000e008000000000000`,
    );
  if (pattern === '^[A-Z]{3}$') return fc.constantFrom('CNY', 'USD', 'XXX');
  if (pattern.startsWith('^\\d')) return fc.constantFrom('1', '2', '7', '99', '000000000000001');
  return fc.oneof(
    fc.constantFrom('a', 'R-1', '礼品卡', '😀'),
    fc.string({ minLength: 1, maxLength: Math.min(maxLength, 40) }),
  );
}

const junk: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  1e15,
  1e15 + 2,
  -1e15,
  2 ** 53,
  '',
  ' ',
  '\0',
  '\ud800',
  'x'.repeat(3_000),
  '1',
  '-0',
  [],
  {},
  [[]],
  { a: 1 },
  'card_01jd000000e008000000000000',
  'store_zzzzzzzzzzzzzzzzzzzzzzzzzz',
  '__proto__',
  '2026-02-30',
  '%00',
  "'; drop table x --",
];

/** Values of which one place or two are spoilt: another value, a field too many or one too few. */
export function spoilt(good: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const harm = fc.record({
    at: fc.nat(50),
    with: fc.constantFrom(...junk),
    how: fc.constantFrom('set', 'drop', 'add'),
  });
  return fc.tuple(good, fc.array(harm, { minLength: 1, maxLength: 2 })).map(([value, harms]) => {
    let made: unknown = structuredClone(value);
    for (const one of harms) made = harmed(made, { ...one, with: structuredClone(one.with) });
    return made;
  });
}

type Harm = { readonly at: number; readonly with: unknown; readonly how: string };

function harmed(value: unknown, harm: Harm): unknown {
  const places: { readonly holder: Record<string, unknown>; readonly key: string }[] = [];
  const walk = (holder: unknown) => {
    if (typeof holder !== 'object' || holder === null) return;
    for (const key of Object.keys(holder)) {
      // Lists and objects alike are read and written by their keys here.
      const fields = holder as Record<string, unknown>;
      places.push({ holder: fields, key });
      walk(fields[key]);
    }
  };
  walk(value);
  const place = places[harm.at % Math.max(places.length, 1)];
  if (!place) return harm.with;
  if (harm.how === 'set') place.holder[place.key] = harm.with;
  else if (harm.how === 'drop') delete place.holder[place.key];
  else place.holder[`${place.key}_`] = harm.with;
  return value;
}
