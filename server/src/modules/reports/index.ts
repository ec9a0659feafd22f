import type { Route } from '../../platform/http/route.ts';
import type { CardDesk } from '../cards/index.ts';
import { alertRoutes } from './alerts/routes.ts';
import { entryRoutes } from './entries/routes.ts';
import { type ExportParts, exportRoutes } from './exports/routes.ts';
import { figureRoutes } from './figures/routes.ts';
import { searchRoutes } from './search/routes.ts';

export { rollupJob } from './rollup/jobs.ts';

/** All routes of this module. */
export const reportRoutes = (desk: Pick<CardDesk, 'present'>, parts: ExportParts): readonly Route[] => [
  ...entryRoutes,
  ...figureRoutes,
  ...alertRoutes,
  ...searchRoutes(desk),
  ...exportRoutes(parts),
];
