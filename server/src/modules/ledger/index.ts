export {
  type Account,
  accounts,
  accountsOf,
  availableOn,
  inSpendingOrder,
  newAccount,
  ownerAnd,
  type Share,
  spread,
  type Transfer,
  type Waiver,
} from './account.ts';
export { type Book, openBook } from './book.ts';
export { followJob } from './follow/jobs.ts';
export type { Stretch } from './follow/store.ts';
export { end, type Hold, holdById, isStanding, openHoldsOf, place, withoutHolds } from './hold.ts';
export { journalStore, openJournal } from './journal/store.ts';
export { activities, activityByKey, activityByReference, activityBySeq, storeAnd } from './log.ts';
export { noteOperation } from './note.ts';
export { ownerIdOut } from './reading/owner.ts';
export { ledgerRoutes } from './reading/routes.ts';
export { firstSeqSince, lapsedHolds } from './reading/store.ts';
export { ledgerSql } from './store.ts';
export { isMoney, notMoney } from './tender.ts';
export { type Anchor, anchorIn, type Head, type Heads, type Lost, lostOf } from './verify/anchor/anchor.ts';
export { presentHeads, standingAt } from './verify/anchor/store.ts';
export { sentence } from './verify/finding.ts';
export { freezeFor, verifierJob } from './verify/jobs.ts';
export { allJournals, thaw } from './verify/journal/store.ts';
export { type Cursor, genesisHash, verifyWhole, type Whole } from './verify/verify.ts';
