import { type Db, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import { type ActionStart, actionStarts, type CardAction, cardActions } from './action.ts';

const insertAction = statement(
  'cards.insertAction',
  `insert into cards.action (merchant_id, id, verb, reason, until, card_ids, balances, actor_id, created_at)
   values ($1, $2, $3, $4, $5, $6::uuid[], $7::bigint[], $8, $9)`,
);
const insertStarts = statement(
  'cards.insertActionStarts',
  `insert into cards.action_progress (merchant_id, action_id, done, total)
   select $1, v.id, 0, v.total from unnest($2::uuid[], $3::int[]) as v(id, total)`,
);

/** For the executor. One statement an action: arrays of arrays must be of one length in PostgreSQL. */
export const actionSql = [
  entitySql<CardAction>(cardActions, {
    insert: (db, merchantId, rows) =>
      Promise.all(
        rows.map((a) =>
          db.execute(insertAction, [
            merchantId,
            a.id,
            a.verb,
            a.reason,
            a.until,
            a.cardIds,
            a.balances,
            a.actorId,
            a.createdAt,
          ]),
        ),
      ),
    finds: [],
  }),
  entitySql<ActionStart>(actionStarts, {
    insert: (db, merchantId, rows) =>
      db.execute(insertStarts, [merchantId, rows.map((s) => s.actionId), rows.map((s) => s.total)]),
    finds: [],
  }),
];

export type ActionRow = Omit<CardAction, 'cardIds' | 'balances'> & {
  readonly total: number;
  readonly done: number;
  readonly refused: number;
};

const columns = `a.id, a.verb, a.reason, a.until, a.actor_id as "actorId", a.created_at as "createdAt", p.total, p.done,
  (select count(*)::int from cards.action_refusal r where r.merchant_id = a.merchant_id and r.action_id = a.id) as refused`;
const tables = `cards.action a join cards.action_progress p on p.merchant_id = a.merchant_id and p.action_id = a.id`;
const selectActions = statement(
  'cards.actions',
  `select ${columns} from ${tables}
   where a.merchant_id = $1 and ($2::uuid is null or a.id < $2) and ($3::uuid is null or a.actor_id = $3)
   order by a.id desc limit $4`,
);
const selectAction = statement(
  'cards.actionById',
  `select ${columns} from ${tables} where a.merchant_id = $1 and a.id = $2 and ($3::uuid is null or a.actor_id = $3)`,
);
const selectRefusals = statement(
  'cards.actionRefusals',
  `select r.card_id as "cardId", c.serial, r.code
   from cards.action_refusal r join cards.card c on c.merchant_id = r.merchant_id and c.id = r.card_id
   where r.merchant_id = $1 and r.action_id = $2 order by c.serial limit $3`,
);

/** Actions, the newest first; of one actor where it is given. */
export function listActions(
  db: Db,
  merchantId: string,
  before: string | null,
  actorId: string | null,
  limit: number,
): Promise<ActionRow[]> {
  return db.query<ActionRow>(selectActions, [merchantId, before, actorId, limit]);
}

export async function readAction(
  db: Db,
  merchantId: string,
  id: string,
  actorId: string | null,
): Promise<ActionRow | undefined> {
  const [action] = await db.query<ActionRow>(selectAction, [merchantId, id, actorId]);
  return action;
}

export type ActionRefusal = { readonly cardId: string; readonly serial: bigint; readonly code: string };

/** Which of its cards it was refused on, and why. */
export function refusalsOf(db: Db, merchantId: string, id: string, limit: number): Promise<ActionRefusal[]> {
  return db.query<ActionRefusal>(selectRefusals, [merchantId, id, limit]);
}

export type ActionWork = {
  readonly merchantId: string;
  readonly id: string;
  readonly verb: CardAction['verb'];
  readonly reason: string;
  readonly until: string | null;
  readonly actorId: string;
  readonly done: number;
  readonly total: number;
  /** The next cards. */
  readonly cardIds: readonly string[];
  /** What was on them, where they are voided. */
  readonly balances: readonly bigint[];
};

const selectWork = statement(
  'cards.actionWork',
  `-- all merchants: one job serves them all
   select a.merchant_id as "merchantId", a.id, a.verb, a.reason, a.until, a.actor_id as "actorId", p.done, p.total,
     a.card_ids[p.done + 1 : p.done + $1]::text[] as "cardIds",
     a.balances[p.done + 1 : p.done + $1]::text[] as balances
   from cards.action_progress p join cards.action a on a.merchant_id = p.merchant_id and a.id = p.action_id
   where p.done < p.total order by p.action_id limit $2`,
);
const moveAction = statement(
  'cards.moveAction',
  `update cards.action_progress set done = $4 where merchant_id = $1 and action_id = $2 and done = $3`,
);
const insertRefusals = statement(
  'cards.insertActionRefusals',
  `insert into cards.action_refusal (merchant_id, action_id, card_id, code)
   select $1, $2, v.card_id, v.code from unnest($3::uuid[], $4::text[]) as v(card_id, code)
   on conflict (merchant_id, action_id, card_id) do nothing`,
);

/** Actions that are not through, the oldest first, each with its next cards. */
export async function unfinishedActions(db: Db, cards: number, limit: number): Promise<ActionWork[]> {
  type Row = Omit<ActionWork, 'balances'> & { readonly balances: readonly string[] };
  const rows = await db.query<Row>(selectWork, [cards, limit]);
  return rows.map((row) => ({ ...row, balances: row.balances.map(BigInt) }));
}

export type Refused = { readonly cardId: string; readonly code: string };

/** Notes that the cards of this work were gone through; where another process has, nothing changes. */
export async function moveOn(db: Db, work: ActionWork, refused: readonly Refused[]): Promise<void> {
  const { merchantId, id, done, cardIds } = work;
  await db.execute(insertRefusals, [
    merchantId,
    id,
    refused.map(({ cardId }) => cardId),
    refused.map(({ code }) => code),
  ]);
  await db.execute(moveAction, [merchantId, id, done, done + cardIds.length]);
}
