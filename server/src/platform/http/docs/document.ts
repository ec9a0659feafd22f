import type { Access } from '../route.ts';

/** The OpenAPI document as far as the pages read it. */
export type Document = {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

export type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly 'x-permission'?: string;
  /** Of what no permission opens: who is answered. */
  readonly 'x-access'?: Access;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
};

export type Parameter = {
  readonly name?: string;
  readonly in?: string;
  readonly required?: boolean;
  readonly schema?: Schema;
  readonly $ref?: string;
};

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

/** A JSON schema, as far as our routes use it. */
export type Schema = {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly default?: unknown;
  readonly description?: string;
};

/** An operation with where it is. */
export type Endpoint = Operation & { readonly method: string; readonly path: string };

/** All operations by tag, both in the document's order. */
export function byTag(document: Document): ReadonlyMap<string, readonly Endpoint[]> {
  const groups = new Map<string, Endpoint[]>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0] ?? '';
      groups.set(tag, [...(groups.get(tag) ?? []), { ...operation, method: method.toUpperCase(), path }]);
    }
  }
  return groups;
}

/** Alternatives of a schema, flat; null is told apart. */
export function alternatives(schema: Schema): {
  readonly options: readonly Schema[];
  readonly isNullable: boolean;
} {
  const nested = schema.anyOf ?? schema.oneOf ?? typesOf(schema);
  if (!nested) {
    return schema.type === 'null'
      ? { options: [], isNullable: true }
      : { options: [schema], isNullable: false };
  }
  const flat = nested.map(alternatives);
  return {
    options: flat.flatMap(({ options }) => options),
    isNullable: flat.some(({ isNullable }) => isNullable),
  };
}

/** A schema of several types, as one of each. */
function typesOf(schema: Schema): Schema[] | undefined {
  const { type } = schema;
  return Array.isArray(type) ? type.map((one: string) => ({ ...schema, type: one })) : undefined;
}

/** The prefix that an id of this schema begins with, `card` of `card_…`. */
export function idPrefix({ pattern = '' }: Schema): string | undefined {
  return /^\^([a-z]+)_\[0-7\]/.exec(pattern)?.[1];
}
