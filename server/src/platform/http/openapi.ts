import { z } from 'zod';
import { refusals } from '../../kernel/refusals.ts';
import type { Route, RouteFacts } from './route.ts';
import { WaitsAnswer } from './shapes.ts';

type Json = Readonly<Record<string, unknown>>;

/** JSON Schema of what a client sends or is sent. */
function schemaOf(shape: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema, ...schema } = z.toJSONSchema(shape, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  });
  return schema;
}

function parameters(shape: z.ZodType | undefined, where: 'path' | 'query'): Json[] {
  if (!shape) return [];
  const { properties = {}, required = [] } = schemaOf(shape, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema,
  }));
}

const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** What is answered that is no JSON. */
const contents: Readonly<Record<Exclude<RouteFacts['answer'], z.ZodType>, Record<string, Json>>> = {
  'text/plain': { 'text/plain': { schema: { type: 'string' } } },
  'text/csv': { 'text/csv': { schema: { type: 'string' } } },
  table: {
    'text/csv': { schema: { type: 'string' } },
    [workbook]: { schema: { type: 'string', contentMediaType: workbook } },
  },
  document: {
    'application/pdf': { schema: { type: 'string', contentMediaType: 'application/pdf' } },
    [workbook]: { schema: { type: 'string', contentMediaType: workbook } },
  },
  'application/vnd.apple.pkpass': { 'application/vnd.apple.pkpass': { schema: { type: 'string' } } },
  image: { 'image/webp': { schema: { type: 'string', contentMediaType: 'image/webp' } } },
};

function operation(route: Route): Json {
  const content: Record<string, Json> =
    typeof route.answer === 'string'
      ? contents[route.answer]
      : { 'application/json': { schema: schemaOf(route.answer, 'output') } };
  const key = { $ref: '#/components/parameters/IdempotencyKey' };
  const optionalKey = { $ref: '#/components/parameters/OptionalIdempotencyKey' };
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [route.tag],
    ...accessOf(route),
    parameters: [
      ...parameters(route.params, 'path'),
      ...parameters(route.query, 'query'),
      ...(route.kind === 'visit' && route.method !== 'GET' ? [clientHeader] : []),
      ...(route.kind === 'command' || route.movesValue ? [route.movesValue ? key : optionalKey] : []),
    ],
    ...requestBody(route),
    responses: {
      ...(route.mayWait === true && route.status !== 202 ? { 202: waits } : {}),
      [String(route.status)]: { description: 'Done.', content: orWaits(route, content) },
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

/** What is sent: JSON, or a file. */
function requestBody({ body, upload }: Route): Json {
  if (body) {
    return {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(body, 'input') } },
      },
    };
  }
  if (!upload) return {};
  const content: Record<string, Json> = {};
  for (const type of upload.types)
    content[type] = { schema: { type: 'string', contentMediaType: type, maxLength: upload.bytesMax } };
  return { requestBody: { required: true, content } };
}

const waits = { $ref: '#/components/responses/Waits' };
const clientHeader = { $ref: '#/components/parameters/ScripClient' };

/** What is done later in any case is answered with 202 as well: then a member tells which it is. */
function orWaits({ mayWait, status }: Route, content: Record<string, Json>): Json {
  const done = content['application/json'];
  if (mayWait !== true || status !== 202 || !done) return content;
  return { 'application/json': { schema: { anyOf: [done.schema, schemaOf(WaitsAnswer, 'output')] } } };
}

/** Whom it answers: who has a permission, by key or signed in; who is signed in; who signs what is sent; or anybody. */
function accessOf({ kind, permission, besides }: Route): Json {
  if (kind !== 'visit' && kind !== 'callback')
    return { 'x-permission': permission, ...(besides ? { 'x-permission-besides': besides } : {}) };
  const isOpen = permission === 'anyone' || permission === 'signature';
  return { 'x-access': permission, security: isOpen ? [] : [{ [permission]: [] }] };
}

function operationId({ method, path }: RouteFacts): string {
  const words = path
    .split(/[/:{}-]+/)
    .filter((word) => word !== '' && word !== 'v1')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return method.toLowerCase() + words.join('');
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(refusals) },
    detail: { type: 'string' },
    field: { type: 'string', description: 'Path of the field at fault.' },
    next: { type: 'string', description: 'What to do about it.' },
  },
};

const idempotencyKey = (required: boolean) => ({
  name: 'Idempotency-Key',
  in: 'header',
  required,
  description:
    'Your own key for this request: sent again with the same key it has one effect, and the same answer.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
});

/** The OpenAPI 3.1 document of these routes. */
export function openapiOf(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Scrip',
      version,
      description: 'Gift cards from issue to settlement. Amounts are integers in minor units.',
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-scrip-session',
          description:
            'Of somebody who signed in. What changes something then also needs the header Scrip-Client, from a page of the same origin. Over plain HTTP on this very machine it is called scrip-session.',
        },
        member: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Secure-scrip-member',
          description:
            'Of a member who signed in at a merchant’s public pages, for these alone; otherwise as the one of the staff. Over plain HTTP on this very machine it is called scrip-member.',
        },
      },
      parameters: {
        IdempotencyKey: idempotencyKey(true),
        OptionalIdempotencyKey: idempotencyKey(false),
        ScripClient: {
          name: 'Scrip-Client',
          in: 'header',
          required: true,
          description: 'Which page asks, such as console or counter.',
          schema: { type: 'string', pattern: '^[a-z0-9][a-z0-9./-]{0,39}$' },
        },
      },
      responses: {
        Waits: {
          description:
            'Nothing has been done yet: it waits for a second person (`/v1/approvals`). A secret that is shown besides is good once it was approved.',
          content: { 'application/json': { schema: schemaOf(WaitsAnswer, 'output') } },
        },
        Problem: {
          description: 'A refusal: RFC 9457 problem details with a stable code (docs/errors.md).',
          content: { 'application/problem+json': { schema: problemSchema } },
        },
      },
    },
  };
}
