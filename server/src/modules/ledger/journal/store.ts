import { type Db, guarded, statement } from '../../../platform/db/statement.ts';
import type { JournalHead } from '../../../platform/executor/activity.ts';
import type { JournalStore } from '../../../platform/executor/postgresStorage.ts';
import { NoJournal } from '../../../platform/executor/storage.ts';

const lockJournal = statement(
  'ledger.lockJournal',
  `select seq, hash, frozen_reason as "frozenReason" from ledger.journal where merchant_id = $1 for update`,
);
const movedByAnother = 'the journal was moved by another';
const moveJournal = guarded(
  'ledger.moveJournal',
  `update ledger.journal set seq = $4, hash = $5
   where merchant_id = $1 and seq = $2 and hash = $3 and frozen_reason is null`,
  movedByAnother,
);
const confirmJournal = guarded(
  'ledger.confirmJournal',
  `select 1 from ledger.journal
   where merchant_id = $1 and seq = $2 and hash = $3 and frozen_reason is not distinct from $4`,
  movedByAnother,
);
const selectHash = statement(
  'ledger.selectHash',
  `select hash from ledger.activity where merchant_id = $1 and seq = $2`,
);
const insertJournal = statement(
  'ledger.insertJournal',
  `insert into ledger.journal (merchant_id, hash) values ($1, $2)`,
);

/** The log's head, as the executor takes and moves it. */
export const journalStore: JournalStore = {
  async lockHead(db, merchantId) {
    const [head] = await db.query<JournalHead>(lockJournal, [merchantId]);
    if (!head) throw new NoJournal(merchantId);
    return head;
  },
  moveHead: (db, merchantId, before, after) =>
    db.execute(moveJournal, [merchantId, before.seq, before.hash, after.seq, after.hash, 1]),
  confirmHead: (db, merchantId, { seq, hash, frozenReason }) =>
    db.execute(confirmJournal, [merchantId, seq, hash, frozenReason, 1]),
  async hashAt(db, merchantId, seq) {
    const [entry] = await db.query<{ hash: Buffer }>(selectHash, [merchantId, seq]);
    return entry?.hash;
  },
};

/** Opens a merchant's log: the one ledger row that is not written by a batch. */
export async function openJournal(db: Db, merchantId: string, hash: Buffer): Promise<void> {
  await db.execute(insertJournal, [merchantId, hash]);
}
