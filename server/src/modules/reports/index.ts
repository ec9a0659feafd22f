import type { Route } from '../../platform/http/route.ts';
import { alertRoutes } from './alerts/routes.ts';
import { entryRoutes } from './entries/routes.ts';
import { figureRoutes } from './figures/routes.ts';
import { growthRoutes } from './growth/routes.ts';
import { type SearchParts, searchRoutes } from './search/routes.ts';
import { valueRoutes } from './value/routes.ts';

export { listExportRoute, listsOf } from './lists/routes.ts';
export type { ExportParts } from './lists/walk.ts';
export { headOf } from './lists/words.ts';
export { memberExportRoute } from './member/routes.ts';
export { rollupJob } from './rollup/jobs.ts';

/** All routes of this module. */
export const reportRoutes = (finding: SearchParts): readonly Route[] => [
  ...entryRoutes,
  ...figureRoutes,
  ...valueRoutes,
  ...growthRoutes,
  ...alertRoutes,
  ...searchRoutes(finding),
];
