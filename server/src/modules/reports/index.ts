import type { Route } from '../../platform/http/route.ts';
import { alertRoutes } from './alerts/routes.ts';
import { entryRoutes } from './entries/routes.ts';
import { figureRoutes } from './figures/routes.ts';
import { type SearchParts, searchRoutes } from './search/routes.ts';

export { listExportRoute, listsOf } from './lists/routes.ts';
export type { ExportParts } from './lists/walk.ts';
export { headOf } from './lists/words.ts';
export { memberExportRoute } from './member/routes.ts';
export { rollupJob } from './rollup/jobs.ts';

/** All routes of this module. */
export const reportRoutes = (finding: SearchParts): readonly Route[] => [
  ...entryRoutes,
  ...figureRoutes,
  ...alertRoutes,
  ...searchRoutes(finding),
];
