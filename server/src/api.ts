import { hiringRoutes, pairing } from './app/opening.ts';
import { outletRoutes } from './app/outlets.ts';
import { topUpRoutes } from './app/topUps.ts';
import { type ApprovalDesk, approvalRoutes } from './modules/approvals/index.ts';
import { batchRoutes } from './modules/batches/index.ts';
import { type CardDesk, cardRoutes } from './modules/cards/index.ts';
import { clearingRoutes } from './modules/clearing/index.ts';
import { ledgerRoutes } from './modules/ledger/index.ts';
import { type MemberParts, memberRoutes } from './modules/members/index.ts';
import { membershipRoutes } from './modules/memberships/index.ts';
import { merchantRoutes } from './modules/merchants/index.ts';
import { type Channels, noticeRoutes } from './modules/notices/index.ts';
import { peopleRoutes } from './modules/people/index.ts';
import { programRoutes } from './modules/programs/index.ts';
import {
  type ExportParts,
  listExportRoute,
  memberExportRoute,
  reportRoutes,
} from './modules/reports/index.ts';
import { settingsRoutes } from './modules/settings/index.ts';
import { settlementRoutes } from './modules/settlement/index.ts';
import { type Sessions, signinRoutes } from './modules/signin/index.ts';
import { walletRoutes } from './modules/wallet/index.ts';
import { read } from './platform/db/read.ts';
import { openapiOf } from './platform/http/openapi.ts';
import type { Route } from './platform/http/route.ts';

// Composition, like app.ts beside it: what the service can be asked for.

export const version = '0.1.0';

type RouteParts = Parameters<typeof batchRoutes>[0] &
  Parameters<typeof hiringRoutes>[0] &
  Parameters<typeof outletRoutes>[0] & {
    readonly desk: CardDesk;
    readonly actorFor: ExportParts['actorFor'];
    readonly approvals: ApprovalDesk;
    readonly sessions: Sessions;
    readonly members: MemberParts;
    readonly channels: Channels;
  };

/** Every route of the API. */
export function routesOf(parts: RouteParts): readonly Route[] {
  const routes = routesBesides(parts);
  const reading = readingOf(parts);
  const { vault } = parts.members;
  return [...routes, listExportRoute(routes, reading), memberExportRoute(routes, { ...reading, vault })];
}

const readingOf = (parts: RouteParts): ExportParts => ({
  readOf: (merchantId, work) => read(parts.readers, merchantId, work),
  actorFor: parts.actorFor,
  clock: parts.clock,
});

/** Every route but those that take out what these tell. */
function routesBesides(parts: RouteParts): readonly Route[] {
  return [
    ...merchantRoutes,
    ...peopleRoutes,
    ...signinRoutes(parts.signin, parts.sessions, parts.clock, pairing(parts)),
    ...hiringRoutes(parts),
    ...programRoutes,
    ...batchRoutes(parts),
    ...cardRoutes(parts.desk, parts.clock),
    ...approvalRoutes(parts.approvals),
    ...settlementRoutes,
    ...clearingRoutes(parts),
    ...outletRoutes(parts),
    ...topUpRoutes(parts),
    ...ledgerRoutes,
    ...settingsRoutes(parts.members),
    ...reportRoutes({ desk: parts.desk, vault: parts.members.vault }),
    ...memberRoutes(parts.members),
    ...membershipRoutes({ ...parts.members, desk: parts.desk }),
    ...walletRoutes({ ...parts.members, desk: parts.desk, sealKeys: parts.keys.seal }),
    ...noticeRoutes({ vault: parts.members.vault, channels: parts.channels }),
  ];
}

/** The OpenAPI document; it depends on no database and no key. */
export function openapiDocument(): object {
  const desk: CardDesk = { present: never, renew: never, shown: never, paymentCode: never };
  const approvals: ApprovalDesk = { useCase: never, keep: never, open: never, hashOf: never };
  // Routes are only described here, never called, so what they would be called with is not needed.
  const parts = { desk, approvals, members: {}, keys: {}, poke: () => undefined } as unknown as RouteParts;
  return openapiOf(routesOf(parts), version);
}

function never(): never {
  throw new Error('a route of the document was called');
}
