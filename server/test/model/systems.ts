import { createHash, type KeyObject } from 'node:crypto';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import { redemptionReturns, returnOf } from '../../src/modules/cards/giveBack.ts';
import { cardById, cards, cardsSql } from '../../src/modules/cards/index.ts';
import { holds } from '../../src/modules/ledger/hold.ts';
import {
  accounts,
  accountsOf,
  activities,
  activityByKey,
  activityBySeq,
  holdById,
  journalStore,
  ledgerSql,
  openJournal,
} from '../../src/modules/ledger/index.ts';
import { merchantsSql } from '../../src/modules/merchants/index.ts';
import { gate, peopleSql } from '../../src/modules/people/index.ts';
import { programsSql } from '../../src/modules/programs/index.ts';
import { settlementSql } from '../../src/modules/settlement/index.ts';
import { read, writeAside } from '../../src/platform/db/read.ts';
import { statement } from '../../src/platform/db/statement.ts';
import type { Entity, Finder } from '../../src/platform/executor/entity.ts';
import { type Executor, executorDefaults, startExecutor } from '../../src/platform/executor/executor.ts';
import { loadBy } from '../../src/platform/executor/lookUp.ts';
import { memoryStorage } from '../../src/platform/executor/memoryStorage.ts';
import { postgresStorage } from '../../src/platform/executor/postgresStorage.ts';
import type { TestBench } from '../harness.ts';
import { startOfWorld } from './facts.ts';

/** All rows of a merchant that cards are about, and the head of its log, which covers all that ever happened. */
export type State = Readonly<Record<string, readonly object[]>>;

/** Somewhere that use cases run. Everything in it follows from the merchant's id and its commands. */
export type System = {
  readonly executor: Executor;
  readonly time: { now: Date };
  open(merchantId: string): Promise<void>;
  state(merchantId: string): Promise<State>;
};

/** Rows of one kind, in memory, as the twin has them. */
export type Rows = <Row>(entity: Entity<Row>) => readonly Row[];
export type TwinSystem = System & { rows(merchantId: string): Rows };

const genesisOf = (merchantId: string) => createHash('sha256').update(merchantId).digest();

/** Clock and chance of a system: set anew for each merchant, so that runs in different systems go alike. */
function surroundings(chainKey: KeyObject) {
  const time = { now: startOfWorld };
  let current: Random = seededRandom(1);
  const restart = (merchantId: string) => {
    time.now = startOfWorld;
    current = seededRandom(genesisOf(merchantId).readUInt32BE());
  };
  const log = { activities, activityByKey };
  const env = { log, gate, chainKey, clock: () => time.now, random: (bytes: number) => current(bytes) };
  return { time, restart, env };
}

/** The use cases over rows in memory. */
export function twinSystem(chainKey: KeyObject): TwinSystem {
  const { time, restart, env } = surroundings(chainKey);
  const storage = memoryStorage();
  const rows = (merchantId: string): Rows => {
    return <Row>(entity: Entity<Row>) => [...storage.rows(merchantId, entity.name).values()] as Row[];
  };
  return {
    executor: startExecutor(storage, env, executorDefaults),
    time,
    rows,
    async open(merchantId) {
      restart(merchantId);
      storage.open(merchantId, { seq: 0n, hash: genesisOf(merchantId), frozenReason: null });
    },
    state: async (merchantId) => stateOf(rows(merchantId), storage.head(merchantId)),
  };
}

const entitiesSql = [
  ...ledgerSql,
  ...merchantsSql,
  ...peopleSql,
  ...programsSql,
  ...settlementSql,
  ...cardsSql,
];

const keysOf = (name: string, columns: string, table: string) =>
  statement(`test.${name}`, `select ${columns} as key from ${table} where merchant_id = $1`);
const cardKeys = keysOf('cardKeys', 'id::text', 'cards.card');
const accountKeys = keysOf('accountKeys', `distinct owner_id || '|' || purpose`, 'ledger.account');
const holdKeys = keysOf('holdKeys', 'id::text', 'ledger.hold');
const returnKeys = keysOf('returnKeys', 'redemption_seq::text', 'cards.redemption_return');
const selectHead = statement(
  'test.head',
  `select seq, hash, frozen_reason as "frozenReason" from ledger.journal where merchant_id = $1`,
);
const activityKeys = keysOf('activityKeys', 'seq::text', 'ledger.activity');

/** The use cases over PostgreSQL. */
export function postgresSystem(bench: TestBench, chainKey: KeyObject): System {
  const { time, restart, env } = surroundings(chainKey);
  const { writers, lookers, readers } = bench.runtime;
  return {
    executor: startExecutor(
      postgresStorage({ writers, lookers }, journalStore, entitiesSql),
      env,
      executorDefaults,
    ),
    time,
    async open(merchantId) {
      restart(merchantId);
      await writeAside(writers, merchantId, (db) => openJournal(db, merchantId, genesisOf(merchantId)));
    },
    state: (merchantId) =>
      read(readers, merchantId, async (db) => {
        const load = loadBy(entitiesSql, db, merchantId);
        const all = async <Row>(keys: typeof cardKeys, finder: Finder<Row>) => {
          const found = await db.query<{ key: string }>(keys, [merchantId]);
          return load(
            finder,
            found.map(({ key }) => key),
          );
        };
        const found = new Map<unknown, readonly unknown[]>([
          [cards, await all(cardKeys, cardById)],
          [accounts, await all(accountKeys, accountsOf)],
          [holds, await all(holdKeys, holdById)],
          [redemptionReturns, await all(returnKeys, returnOf)],
          [activities, await all(activityKeys, activityBySeq)],
        ]);
        const [head] = await db.query<object>(selectHead, [merchantId]);
        return stateOf(<Row>(entity: Entity<Row>) => (found.get(entity) ?? []) as readonly Row[], head ?? {});
      }),
  };
}

function stateOf(rows: Rows, head: object): State {
  const sorted = <Row extends object>(entity: Entity<Row>) => {
    const byId = new Map(rows(entity).map((row) => [entity.idOf(row), { ...row }]));
    return [...byId].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  };
  return {
    accounts: sorted(accounts),
    cards: sorted(cards),
    holds: sorted(holds),
    returns: sorted(redemptionReturns),
    // What a posting is of stands on its account; only the one that has just been made says it too.
    activities: sorted(activities).map(({ postings, ...entry }) => ({
      ...entry,
      postings: postings.map(({ accountId, accountSeq, amount, balanceAfter }) => ({
        accountId,
        accountSeq,
        amount,
        balanceAfter,
      })),
    })),
    // Last, since a difference in anything above shows here too.
    head: [{ ...head }],
  };
}
