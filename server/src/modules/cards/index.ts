export { seal, secretKey, unseal } from '../../platform/crypto/seal.ts';

import type { Route } from '../../platform/http/route.ts';
import { actionRoutes } from './action/routes.ts';
import { cardListingRoutes } from './listing/routes.ts';
import type { CardDesk } from './present.ts';
import { cardReadingRoutes } from './reading/routes.ts';
import { cardRoutes as verbRoutes } from './routes.ts';

export type { OnBehalf } from './action/jobs.ts';
export { serialText } from './activate.ts';
export {
  type GeneratedCard,
  insertGenerated,
  type Releasable,
  selectForRelease,
} from './bulk/store.ts';
export {
  type Card,
  cardById,
  cards,
  decoyCard,
  releasedBatches,
  serialCounter,
  serialCounters,
} from './card.ts';
export { displayCode } from './code.ts';
export { cardJobs } from './jobs.ts';
export { cardFilterFields } from './listing/query.ts';
export { cardsAfter } from './listing/walk.ts';
export { type CardDesk, type CardKeys, cardDesk } from './present.ts';
export { codeHash, drawCard, pinHash } from './secrets.ts';
export { cardsSql } from './store.ts';

/** All routes of this module. */
export const cardRoutes = (desk: CardDesk, clock: () => Date): readonly Route[] => [
  ...verbRoutes(desk, clock),
  ...cardListingRoutes,
  ...actionRoutes,
  ...cardReadingRoutes,
];
