import { z } from 'zod';
import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import type { Entity } from '../../platform/executor/entity.ts';
import type { Accepted, Actor, Context } from '../../platform/executor/useCase.ts';
import type { Find } from '../../platform/executor/workingSet.ts';
import { accounts, ownerIdOut } from '../ledger/index.ts';
import { topUps } from '../wallets/index.ts';

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
const unsaid: ReadonlySet<string> = new Set([
  'serialCounter',
  'batchProgress',
  'batchDataKey',
  'dayUse',
  'cardActionStart',
  'clearingAdjustment',
  'leftNumber',
]);

/** What ids are called outside, by the kind of row and by the name of a field. */
const prefixes: Readonly<Record<string, string>> = {
  ...{ card: 'card', staff: 'stf', role: 'role', apiKey: 'key', batch: 'batch', invitation: 'inv' },
  ...{ cardId: 'card', staffId: 'stf', roleId: 'role', batchId: 'batch', storeId: 'store', deviceId: 'dev' },
  ...{ programId: 'prog', storeIds: 'store', cardAction: 'cact', cardIds: 'card', dividend: 'div' },
  ...{
    coupon: 'cpn',
    couponTemplate: 'cpt',
    templateId: 'cpt',
    import: 'imp',
    familyShare: 'fsh',
    payerId: 'mem',
    relativeId: 'mem',
  },
  ...{ member: 'mem', memberId: 'mem', mergedInto: 'mem', membership: 'mbs', planId: 'mpl', topUp: 'tup' },
};
/** What tells of a person, or would help to find one: the diff is kept, and they may be erased. */
const personal: ReadonlySet<string> = new Set(['phoneHash', 'birthdayHash', 'tags']);
const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** How a value is shown; undefined: not at all, since it is a hash, or sealed. */
function shown(value: unknown, now: Date, name = ''): Shown | undefined {
  if (value instanceof Uint8Array || value === undefined || personal.has(name)) return undefined;
  if (typeof value === 'bigint') return value >= seqAhead ? 'new' : jsonAmount(value);
  if (value instanceof Date) return value.getTime() === now.getTime() ? 'now' : value.toISOString();
  if (value instanceof Set)
    return listed(
      [...value].sort((one, other) => (String(one) < String(other) ? -1 : 1)),
      now,
      name,
    );
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

/** In one order and without what is not there: a row that was just made has its members otherwise than one that was read. */
function fieldsOf(row: object, now: Date): Fields {
  const shownFields = Object.entries(row).flatMap(([name, value]) => {
    const text = shown(value, now, name);
    return text === undefined || text === null || name === 'id' ? [] : [[name, text] as const];
  });
  return Object.fromEntries(shownFields.sort(([one], [other]) => (one < other ? -1 : 1)));
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
  return [...changes.values()].filter((change) => !unsaid.has(change.entity) && !isCarriedOver(change));
}

/** A top-up that only went over with the lots that it is on, which are told of. */
function isCarriedOver({ entity, before, after }: Change): boolean {
  return entity === topUps.name && memberIdOf(before) !== memberIdOf(after);
}

function memberIdOf(row: unknown): unknown {
  return typeof row === 'object' && row !== null && 'memberId' in row ? row.memberId : undefined;
}

/** The account in a row of its entity. */
function accountIn(row: unknown) {
  if (typeof row !== 'object' || row === null || !('balance' in row) || !('ownerId' in row)) return undefined;
  const { balance, ownerId } = row;
  return typeof balance === 'bigint' ? { balance, ownerId } : undefined;
}

/** Of accounts that are not the subject's, which move all day, only by how much is told, not what is on them. */
function movedOn({ entity, before, after }: Change, subjectId: string | undefined): bigint | undefined {
  const account = entity === accounts.name ? accountIn(after) : undefined;
  if (!account || account.ownerId === subjectId) return undefined;
  return account.balance - (accountIn(before)?.balance ?? 0n);
}

/** What of an account says where value went; its numbers in the log say nothing to people. */
function withoutCounts({ postings, balance, ...fields }: Fields, moved: bigint | undefined): Fields {
  if (moved !== undefined) return { ...fields, moved: jsonAmount(moved) };
  return balance === undefined ? fields : { ...fields, balance };
}

/** What sort of value a lot is, and who answers for it; when it ends stands beside it. */
function lotIn(purpose: Shown | undefined, detail: string) {
  const [kind = '', second = ''] = detail.split('|');
  if (purpose === 'points') return { kind, storeId: undefined };
  const isValue = purpose === 'wallet' || purpose === 'card';
  return isValue ? { kind, storeId: idForm.test(second) ? second : undefined } : undefined;
}

/**
 * Whose an account is, and with whom, as people outside name them. It follows from the account alone: what is in memory beside
 * it is another thing in another process, and the diff there would be another.
 */
function withNames(fields: Fields, merchantId: string): Fields {
  const named = (id: string) => encodeId(id === merchantId ? 'mer' : 'store', id);
  const { ownerId: owner, detail, purpose, ...others } = fields;
  if (typeof owner !== 'string' || typeof detail !== 'string' || typeof purpose !== 'string') return fields;
  const rest = { ...others, purpose };
  // Of what is only made with it: there is nothing yet to be named.
  if (!idForm.test(owner)) return { ...rest, ownerId: owner };
  const ownerId = ownerIdOut({ ownerId: owner, purpose }, merchantId);
  const lot = lotIn(purpose, detail);
  if (lot) {
    const storeId = lot.storeId === undefined ? {} : { storeId: named(lot.storeId) };
    return { ...rest, ownerId, kind: lot.kind, ...storeId };
  }
  const [party = '', kind] = detail.split('|');
  const isParty = purpose === 'clearing' && idForm.test(party);
  return {
    ...rest,
    ownerId,
    ...(isParty ? { counterpartId: named(party), kind: kind ?? 'principal' } : { detail }),
  };
}

const rowOf = (row: unknown) => (typeof row === 'object' && row !== null ? row : undefined);

type Surroundings = {
  readonly merchantId: string;
  readonly known: Find['known'];
  /** The time that it was decided at. */
  readonly now: Date;
};

/** What an outcome comes to. */
export function diffOf(outcome: Accepted<unknown>, { merchantId, known, now }: Surroundings): Diff {
  const subjectId = outcome.activities[0]?.subjectId;
  return {
    facts: outcome.activities.map(({ type, amount, details = {} }) => ({
      type,
      amount: shownAmount(amount),
      details: fieldsOf(details, now),
    })),
    changes: changesOf(outcome, known).map((change) => {
      const { entity, id } = change;
      const [before, after] = [rowOf(change.before), rowOf(change.after)];
      const moved = movedOn(change, subjectId);
      const fieldsIn = (row: object) =>
        entity === accounts.name ? withNames(fieldsOf(row, now), merchantId) : fieldsOf(row, now);
      return {
        what: entity,
        id: id.startsWith(idAhead) || !(entity in prefixes) ? null : idShown(id, prefixes[entity]),
        before: before && moved === undefined ? withoutCounts(fieldsIn(before), undefined) : null,
        after: withoutCounts(after ? fieldsIn(after) : {}, moved),
      };
    }),
  };
}

/** An amount as a diff has it. */
export function shownAmount(amount: bigint | undefined): number | null {
  return amount === undefined ? null : jsonAmount(amount);
}

/** What of a written diff must come out the same whenever it is carried out. */
export const Facts = z.object({
  facts: z.array(z.object({ type: z.string(), amount: z.int().nullable() })),
});

/** It in one spelling: what happens, and to what amount. */
export function substanceOf(facts: z.output<typeof Facts>['facts']): string {
  return JSON.stringify(facts.map(({ type, amount }) => [type, amount]));
}
