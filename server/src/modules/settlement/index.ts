export { loadCommission } from './load.ts';
export { clearing, clearingKind, partyIn } from './lot.ts';
export { settlementRoutes } from './routes.ts';
export { acceptedLots, type Due, notAccepted, type Settling, settle, settlingRows } from './settle.ts';
export { settlementSql } from './store.ts';
export {
  type Settled,
  settledParts,
  settledRows,
  takeBack,
  takeBackOf,
  type Undoing,
  undoLast,
} from './undo.ts';
export { versionsIn } from './version.ts';
