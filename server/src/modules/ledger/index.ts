export {
  type Account,
  accounts,
  accountsOf,
  availableOn,
  inSpendingOrder,
  newAccount,
  ownerAnd,
  type Posted,
  post,
  type Share,
  spread,
  type Transfer,
} from './account.ts';
export { end, type Hold, holdById, isStanding, openHoldsOf, place, withoutHolds } from './hold.ts';
export { activities, activityByKey, activityByReference, activityBySeq, storeAnd } from './log.ts';
export { journalStore, ledgerSql, openJournal } from './store.ts';
