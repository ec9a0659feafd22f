import type { Route } from '../../platform/http/route.ts';
import { deviceRoutes, type Pairing } from './devices/routes.ts';
import { factorRoutes } from './factors/routes.ts';
import { linkRoutes } from './links/routes.ts';
import type { Desk } from './parts.ts';
import type { Sessions } from './session/registry.ts';
import { sessionRoutes } from './session/routes.ts';

/** Signing in and out, what one signs in by, and where one is signed in. */
export const signinRoutes = (
  desk: Desk,
  sessions: Sessions,
  clock: () => Date,
  pair: Pairing,
): readonly Route[] => [
  ...sessionRoutes(desk, sessions),
  ...factorRoutes(desk, sessions),
  ...linkRoutes(desk, clock),
  ...deviceRoutes(desk, sessions, pair),
];
