import { encodeId } from '../src/kernel/id.ts';

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
  readonly minItems?: number;
  readonly minimum?: number;
  readonly pattern?: string;
  readonly format?: string;
};

/** A small value that fits a schema. Ids in it are those of nothing. */
function sampleOf(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (choice) return sampleOf(choice);
  switch (schema.type ?? '') {
    case 'object':
      return sampleObject(schema);
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}));
    case 'string':
      return sampleText(schema);
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return false;
    default:
      return null;
  }
}

/** What must be there; where nothing must, one thing all the same, since an empty change is refused. */
function sampleObject({ properties = {}, required = [] }: Schema): Record<string, unknown> {
  const names = required.length > 0 ? required : Object.keys(properties).slice(0, 1);
  return Object.fromEntries(names.map((name) => [name, sampleOf(properties[name] ?? {})]));
}

function sampleText(schema: Schema): string {
  const { format, pattern = '' } = schema;
  if (format === 'date') return '2030-01-31';
  if (format === 'date-time') return '2030-01-31T00:00:00Z';
  const prefix = prefixOf(schema);
  if (prefix !== undefined) return sampleId(prefix);
  if (pattern === '^[A-Z]{3}$') return 'CNY';
  return pattern.startsWith('^\\d') ? '1' : 'sample';
}

// Of no row anywhere.
const unknownId = '01900000-0000-7000-8000-00000000dead';

/** A route as the OpenAPI document has it. */
export type Operation = {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** With parameters as `{id}`. */
  readonly path: string;
  readonly permission: string;
  /** What it takes besides; else empty. */
  readonly besides: string;
  /** Of a route that no permission opens: `anyone` or `session`. */
  readonly access: string;
  readonly params: readonly Parameter[];
  /** What must be in its query. */
  readonly query: readonly Parameter[];
  readonly body: Schema | undefined;
};

type Parameter = { readonly name: string; readonly schema: Schema };
type Described = {
  readonly 'x-permission'?: string;
  readonly 'x-permission-besides'?: string;
  readonly 'x-access'?: string;
  readonly parameters?: readonly (Parameter & { readonly in: string; readonly required: boolean })[];
  readonly requestBody?: { readonly content: { readonly 'application/json'?: { readonly schema: Schema } } };
};
export type OpenApi = { readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>> };

/** Every route of the API that a permission opens. */
export function operationsOf(document: OpenApi): readonly Operation[] {
  return everyOperation(document).filter(({ permission }) => permission !== '');
}

/** Every route that deals with cookies, and whom it answers. */
export function visitsOf(document: OpenApi): readonly Operation[] {
  return everyOperation(document).filter(({ access }) => access !== '');
}

function everyOperation({ paths }: OpenApi): readonly Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      method: methodOf(method),
      path,
      permission: described['x-permission'] ?? '',
      besides: described['x-permission-besides'] ?? '',
      access: described['x-access'] ?? '',
      params: (described.parameters ?? []).filter((parameter) => parameter.in === 'path'),
      query: (described.parameters ?? []).filter((one) => one.in === 'query' && one.required),
      body: described.requestBody?.content['application/json']?.schema,
    })),
  );
}

function methodOf(name: string): Operation['method'] {
  const method = (['GET', 'POST', 'PATCH'] as const).find((known) => known === name.toUpperCase());
  if (method === undefined) throw new Error(`no route may be ${name}`);
  return method;
}

/** What a schema cannot say of a body: which of the optional fields must be there together. */
const more: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'POST /v1/api-keys': { permissions: ['cards.verify'] },
  'POST /v1/staff': { role: 'clerk' },
  'POST /v1/staff/invitations': { login: 'sample@example.com', role: 'clerk' },
  'POST /v1/webhook-endpoints': { url: 'https://example.com/hooks' },
  'POST /v1/webhook-endpoints/{id}/resend': { eventId: undefined, since: '2026-11-01T00:00:00Z' },
  'POST /v1/cards/activate': { cards: [{ serial: '1' }] },
  'POST /v1/activation-quotes': { cards: [{ serial: '1' }] },
  'POST /v1/payment-channels': {
    publicUrl: 'https://shop.example',
    credentials: {
      kind: 'alipay',
      appId: '2021000000000001',
      privateKey: 'x'.repeat(64),
      alipayPublicKey: 'x'.repeat(64),
    },
  },
  'POST /v1/recharge-cards/sales': { numbers: ['1'] },
  'POST /v1/bonus-rules': { steps: [{ from: 1, bonus: 1 }] },
  'POST /v1/bonus-rule-previews': { steps: [{ from: 1, bonus: 1 }], amounts: [1] },
  'POST /v1/purchase-quotes': { lines: [{ name: 'Tea', price: 100 }] },
  'POST /v1/purchases': {
    lines: [{ name: 'Tea', price: 100 }],
    tenders: [{ kind: 'money', tender: 'cash', amount: 100 }],
  },
  'POST /v1/memberships': { memberId: sampleId('mem') },
  'POST /v1/members': { phone: '13800138000', consent: { textVersion: 1 } },
  'POST /v1/members/{id}/merge-preview': { intoId: sampleId('mem') },
  'POST /v1/members/{id}/merge': { intoId: sampleId('mem'), reason: 'other' },
  'POST /v1/members/{id}/phone-code': { phone: '13800138000' },
  'POST /v1/members/{id}/phone': { phone: '13800138000', code: '123456' },
  'POST /v1/member-fields': {
    fields: [{ key: 'city', label: { zh: '城市', en: 'City' }, kind: 'text', choices: [] }],
  },
  'PATCH /v1/members/{id}': { name: 'Lin' },
  'PATCH /v1/merchant': { contact: {} },
  'POST /v1/merchant/pass-keys': { apple: null, google: null },
};

const moreInQuery: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'GET /v1/reports/liability-roll-forward': { until: '2030-02-28' },
};

export type Sample = { readonly url: string; readonly body: Readonly<Record<string, unknown>> | undefined };

/** A request that fits the route's schemas and names nothing that exists, with some parts as given. */
export function requestOf(
  { method, path, params, query, body }: Operation,
  given: {
    readonly params?: Readonly<Record<string, string>>;
    readonly body?: Readonly<Record<string, unknown>>;
  } = {},
): Sample {
  const address = params.reduce(
    (filled, { name, schema }) =>
      filled.replace(`{${name}}`, given.params?.[name] ?? String(sampleOf(schema))),
    path,
  );
  const words = new URLSearchParams({
    ...Object.fromEntries(query.map(({ name, schema }) => [name, String(sampleOf(schema))])),
    ...moreInQuery[`${method} ${path}`],
  });
  const url = query.length === 0 ? address : `${address}?${words}`;
  if (!body) return { url, body: undefined };
  const sample = sampleObject(body);
  return { url, body: { ...sample, ...more[`${method} ${path}`], ...given.body } };
}

/** The prefix of the ids that a schema takes. */
export function prefixOf({ pattern = '' }: Schema): string | undefined {
  return /^\^([a-z]+)_\[0-7\]/.exec(pattern)?.[1];
}

/** A well-formed id that nothing has. */
export function sampleId(prefix: string): string {
  return encodeId(prefix, unknownId);
}
