export { seal, secretKey, unseal } from '../../platform/crypto/seal.ts';
export { startAction } from './action/startAction.ts';

import type { Route } from '../../platform/http/route.ts';
import { actionRoutes } from './action/routes.ts';
import { cardListingRoutes } from './listing/routes.ts';
import type { CardDesk } from './present.ts';
import { cardReadingRoutes } from './reading/routes.ts';
import { cardRoutes as verbRoutes } from './routes.ts';

export type { OnBehalf } from './action/jobs.ts';
export { adjustCard } from './adjust.ts';
export { allowedOn, mayTransfer } from './allowed.ts';
export {
  type GeneratedCard,
  insertGenerated,
  type Releasable,
  selectForRelease,
} from './bulk/store.ts';
export {
  type Card,
  cardAt,
  cardById,
  cards,
  cardsOfHolder,
  decoyCard,
  mayBeUsed,
  moneyOn,
  releasedBatches,
  sellerOf,
  serialCounter,
  serialCounters,
  serialText,
  shownState,
} from './card.ts';
export { displayCode, maskCode } from './code.ts';
export {
  custodyRuleOf,
  custodyRules,
  holdingsOf,
  moved,
  places,
  type Range,
  received,
  type Spot,
} from './custody/holding.ts';
export {
  type CountedHolding,
  readHoldings,
  readHoldingsOfStore,
  readSellOnlyHeld,
} from './custody/store.ts';
export { deactivateCard } from './deactivate.ts';
export { freezeCard } from './freeze.ts';
export {
  giveBackAccounts,
  giveBackIn,
  mayGiveBack,
  redemptionRows,
  returned,
} from './giveBack.ts';
export { heldCards } from './held/store.ts';
export { cardJobs } from './jobs.ts';
export { freed, freedAt, lotsOf } from './pay.ts';
export {
  goodForMs,
  maySpeakFor,
  memberHolder,
  noteUse,
  type PaymentCode,
  type PaymentCodeUse,
  paymentCodeUseById,
  shownForMs,
} from './payment/paymentCode.ts';
export { type CardDesk, type CardKeys, cardDesk } from './present.ts';
export { listed as listedCard } from './reading/shown.ts';
export { type CardActivity, type ListedCard, selectActivities } from './reading/store.ts';
export { type Presented, presentedRows, recognise } from './recognise.ts';
export { refundRedemption } from './refund.ts';
export { codeHash, drawCard, pinHash } from './secrets.ts';
export { cardPage, serialIn, stateIn as cardStateIn } from './shapes.ts';
export { spendable, spendRows } from './spend.ts';
export { cardsSql } from './store.ts';
export { type NewSecrets, transferCard } from './succeed.ts';
export { verifyCard } from './verify.ts';
export { voidCard } from './void.ts';

/** All routes of this module. */
export const cardRoutes = (desk: CardDesk, clock: () => Date): readonly Route[] => [
  ...verbRoutes(desk, clock),
  ...cardListingRoutes,
  ...actionRoutes,
  ...cardReadingRoutes,
];
