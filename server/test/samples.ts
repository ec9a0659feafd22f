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
export function sampleOf(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (choice) return sampleOf(choice);
  switch (schema.type) {
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
function sampleObject({ properties = {}, required = [] }: Schema): unknown {
  const names = required.length > 0 ? required : Object.keys(properties).slice(0, 1);
  return Object.fromEntries(names.map((name) => [name, sampleOf(properties[name] ?? {})]));
}

function sampleText({ format, pattern = '' }: Schema): string {
  if (format === 'date') return '2030-01-31';
  if (format === 'date-time') return '2030-01-31T00:00:00Z';
  const prefix = /^\^([a-z]+)_\[0-7\]/.exec(pattern)?.[1];
  if (prefix !== undefined) return encodeId(prefix, unknownId);
  if (pattern === '^[A-Z]{3}$') return 'CNY';
  return pattern.startsWith('^\\d') ? '1' : 'sample';
}

/** An id that nothing has. */
export const unknownId = '01900000-0000-7000-8000-00000000dead';
