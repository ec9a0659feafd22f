import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import type { Entity } from '../../platform/executor/entity.ts';
import type { Accepted, Actor, Context } from '../../platform/executor/useCase.ts';
import type { Find } from '../../platform/executor/workingSet.ts';

// What a command would do, for people: computed by the decision itself, over the rows as they are.

type Shown = null | boolean | number | string | readonly Shown[] | { readonly [name: string]: Shown };
type Fields = { readonly [name: string]: Shown };

/** What will happen: the facts that the log will have, and each row before and after. */
export type Diff = {
  readonly facts: readonly {
    readonly type: string;
    readonly amount: number | null;
    readonly details: Shown;
  }[];
  readonly changes: readonly {
    readonly what: string;
    readonly id: string | null;
    readonly before: Fields | null;
    readonly after: Fields;
  }[];
};

/** Numbers and ids that are only given when it happens; the same in each preview. */
const seqAhead = 4_000_000_000_000_000_000n;
const idAhead = '00000000-0000-7000-8000-';

/** A context in which a decision can be looked at: as of a time, and with nothing in it that a second look would have differently. */
export function preview(context: Context, actor: Actor, now: Date): Context {
  let ids = 0;
  const nextId = () => idAhead + String(ids++).padStart(12, '0');
  return {
    ...context,
    now,
    actor,
    seq: (n = 0) => seqAhead + BigInt(n),
    activityId: () => `${idAhead}ffffffffffff`,
    newId: nextId,
  };
}

/** Kinds of rows that say nothing to people: counters, progress, sealed keys. */
const unsaid: ReadonlySet<string> = new Set(['serialCounter', 'batchProgress', 'batchDataKey', 'dayUse']);

/** What ids are called outside, by the kind of row and by the name of a field. */
const prefixes: Readonly<Record<string, string>> = {
  ...{ card: 'card', staff: 'stf', role: 'role', apiKey: 'key', batch: 'batch', invitation: 'inv' },
  ...{ cardId: 'card', staffId: 'stf', roleId: 'role', batchId: 'batch', storeId: 'store', deviceId: 'dev' },
  ...{ programId: 'prog', storeIds: 'store' },
};
const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** How a value is shown; undefined: not at all, since it is a hash, or sealed. */
function shown(value: unknown, now: Date, name = ''): Shown | undefined {
  if (value instanceof Uint8Array || value === undefined) return undefined;
  if (typeof value === 'bigint') return value >= seqAhead ? 'new' : jsonAmount(value);
  if (value instanceof Date) return value.getTime() === now.getTime() ? 'now' : value.toISOString();
  if (value instanceof Set) return listed([...value].sort(), now, name);
  if (Array.isArray(value)) return listed(value, now, name);
  if (value instanceof Map) return fieldsOf(Object.fromEntries(value), now);
  if (typeof value === 'string') return idShown(value, prefixes[name]);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'object' && value !== null ? fieldsOf(value, now) : null;
}

function listed(values: readonly unknown[], now: Date, name: string): readonly Shown[] {
  return values.flatMap((value) => shown(value, now, name) ?? []);
}

function idShown(text: string, prefix: string | undefined): string {
  if (text.startsWith(idAhead)) return 'new';
  return prefix !== undefined && idForm.test(text) ? encodeId(prefix, text) : text;
}

function fieldsOf(row: object, now: Date): Fields {
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => {
      const text = shown(value, now, name);
      return text === undefined || name === 'id' ? [] : [[name, text] as const];
    }),
  );
}

type Change = { readonly entity: string; readonly id: string; readonly before: unknown; after: unknown };

function changesOf(outcome: Accepted<unknown>, known: Find['known']): readonly Change[] {
  const changes = new Map<string, Change>();
  const into = {
    put<Row>(entity: Entity<Row>, row: Row) {
      const id = entity.idOf(row);
      const earlier = changes.get(`${entity.name}|${id}`);
      if (earlier) earlier.after = row;
      else
        changes.set(`${entity.name}|${id}`, {
          entity: entity.name,
          id,
          before: known(entity, id),
          after: row,
        });
    },
  };
  for (const change of outcome.changes) change(into);
  return [...changes.values()].filter(({ entity }) => !unsaid.has(entity));
}

/** An account's balance is told where it is the subject's own; of others, which move all day, by how much. */
function accountFields(row: object, before: object | undefined, subjectId: string | undefined): Fields {
  const { ownerId, purpose, asset, balance, state } = row as {
    readonly [name: string]: unknown;
    readonly balance: bigint;
  };
  const was = (before as { readonly balance: bigint } | undefined)?.balance ?? 0n;
  const own = ownerId === subjectId;
  return {
    purpose: String(purpose),
    asset: String(asset),
    ...(own ? { balance: jsonAmount(balance), state: String(state) } : { moved: jsonAmount(balance - was) }),
  };
}

/** What an outcome comes to. `now` is the time that it was decided at. */
export function diffOf(outcome: Accepted<unknown>, known: Find['known'], now: Date): Diff {
  const subjectId = outcome.activities[0]?.subjectId;
  return {
    facts: outcome.activities.map(({ type, amount, details = {} }) => ({
      type,
      amount: amount === undefined ? null : jsonAmount(amount),
      details: fieldsOf(details, now),
    })),
    changes: changesOf(outcome, known).map(({ entity, id, before, after }) => {
      const [was, is] = [before, after].map((row) =>
        typeof row === 'object' && row !== null ? row : undefined,
      );
      const of = (row: object, from: object | undefined) =>
        entity === 'account' ? accountFields(row, from, subjectId) : fieldsOf(row, now);
      const afterFields = is ? of(is, was) : {};
      const isMoved = entity === 'account' && afterFields.moved !== undefined;
      return {
        what: entity,
        id: id.startsWith(idAhead) || !(entity in prefixes) ? null : idShown(id, prefixes[entity]),
        before: was && !isMoved ? of(was, was) : null,
        after: afterFields,
      };
    }),
  };
}

/** What of a diff must come out the same whenever it is carried out: what happens, and to what amount. */
export function substanceOf({ facts }: Pick<Diff, 'facts'>): string {
  return JSON.stringify(facts.map(({ type, amount }) => [type, amount]));
}
