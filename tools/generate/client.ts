import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { currencyExponent } from '../../server/src/kernel/money.ts';
import { refusals } from '../../server/src/kernel/refusals.ts';
import { refusalsInChinese } from '../../server/src/platform/http/docs/chineseRefusals.ts';

type Schema = { readonly [word: string]: unknown };
type Parameter = {
  readonly name?: string;
  readonly in?: string;
  readonly required?: boolean;
  readonly schema?: Schema;
};
type Content = { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
type Operation = {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
};
type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

const heading = '// Made by `npm run generate -- client`; do not edit.\n';
const folder = 'web/src/api';

/** What web/ knows of the server: the types of each operation, the sentence of each refusal, decimals of currencies. */
export async function makeClient(root: string): Promise<ReadonlyMap<string, string>> {
  // Our own file, made by the generator before this one.
  const document = JSON.parse(readFileSync(join(root, 'server', 'openapi.json'), 'utf8')) as Document;
  return new Map([
    [`${folder}/operations.ts`, operationsText(document)],
    [`${folder}/refusals.ts`, refusalsText()],
    [`${folder}/currencies.ts`, currenciesText()],
  ]);
}

/** One type that lists every operation as `METHOD /path`. */
function operationsText({ paths }: Document): string {
  const lines = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) => `  '${method.toUpperCase()} ${path}': ${operationType(operation)};\n`,
    ),
  );
  return `${heading}export type Operations = {\n${lines.join('')}};\n`;
}

function operationType({ parameters = [], requestBody, responses }: Operation): string {
  const body = requestBody?.content?.['application/json']?.schema;
  const good = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
  // Spelled out here, since a type that is put together for any of all operations is more than the compiler can hold.
  const ask = [
    partType('params', partSchema(parameters, 'path')),
    partType('query', partSchema(parameters, 'query')),
    partType('body', body),
  ];
  const bodyType = body === undefined ? 'undefined' : typeOf(body);
  return `{ ask: { ${ask.join('; ')}; idempotencyKey?: string | undefined }; body: ${bodyType}; answer: ${answerType(good)} }`;
}

/** The parameters in the path or in the query, as one schema. */
function partSchema(parameters: readonly Parameter[], part: string): Schema | undefined {
  const fields = parameters.filter((one) => one.in === part);
  if (fields.length === 0) return undefined;
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(({ name = '', schema }) => [name, schema])),
    required: fields.flatMap(({ name, required }) => (required === true ? [name] : [])),
  };
}

/** A part of a request; it may be left out where there is nothing in it that must be there. */
function partType(name: string, schema: Schema | undefined): string {
  if (schema === undefined) return `${name}?: undefined`;
  const { required } = schema;
  return field(
    name,
    typeOf(schema),
    !(schema.type === 'object' && (!Array.isArray(required) || required.length === 0)),
  );
}

function answerType(response: Content | undefined): string {
  const content = response?.content ?? {};
  const json = content['application/json'];
  if (json !== undefined) return typeOf(json.schema);
  return Object.keys(content).length > 0 ? 'string' : 'undefined';
}

/** A JSON schema as a TypeScript type. What it does not know is `unknown`, which a page cannot use unseen. */
function typeOf(schema: Schema | undefined): string {
  if (schema === undefined) return 'unknown';
  const { type, enum: words, const: only, properties } = schema;
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return unionOf(choices.map((one: Schema) => typeOf(one)));
  if (only !== undefined) return JSON.stringify(only);
  if (Array.isArray(words)) return unionOf(words.map((word) => JSON.stringify(word)));
  if (Array.isArray(type)) return unionOf(type.map((one) => typeOf({ ...schema, type: one })));
  if (type === 'string' || type === 'boolean' || type === 'null') return type;
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'array') return `(${typeOf(schema.items as Schema | undefined)})[]`;
  if (type === 'object' || properties !== undefined) return objectType(schema);
  return 'unknown';
}

function objectType({ properties, required, additionalProperties }: Schema): string {
  const fields = Object.entries((properties ?? {}) as Readonly<Record<string, Schema>>);
  if (fields.length === 0) {
    if (typeof additionalProperties !== 'object') return 'Record<string, never>';
    return `{ [key: string]: ${typeOf(additionalProperties as Schema)} | undefined }`;
  }
  const needed = new Set(Array.isArray(required) ? required : []);
  return `{ ${fields.map(([name, schema]) => field(name, typeOf(schema), needed.has(name))).join('; ')} }`;
}

function field(name: string, type: string, needed: boolean): string {
  const key = /^\w+$/.test(name) ? name : JSON.stringify(name);
  return needed ? `${key}: ${type}` : `${key}?: ${type} | undefined`;
}

function unionOf(types: readonly string[]): string {
  return [...new Set(types)].join(' | ');
}

/** What people read when they are refused: Chinese, English. */
function refusalsText(): string {
  const pairs: Readonly<Record<string, string>> = refusalsInChinese;
  const lines = Object.entries(refusals).map(
    ([code, { title }]) => `  ${code}: [${JSON.stringify(pairs[code])}, ${JSON.stringify(title)}],\n`,
  );
  return `${heading}export const refusalWords: { readonly [code: string]: readonly [string, string] | undefined } = {\n${lines.join('')}};\n`;
}

function currenciesText(): string {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => `${a}${b}${c}`)));
  const lines = codes
    .map((code) => ({ code, exponent: currencyExponent(code) }))
    .filter(({ exponent }) => exponent !== undefined && exponent !== 2)
    .map(({ code, exponent }) => `  ${code}: ${exponent},\n`);
  return `${heading}/** Decimals of the minor unit where they are not two (ISO 4217). */\nexport const currencyDecimals: { readonly [code: string]: number | undefined } = {\n${lines.join('')}};\n`;
}
