import { createRootRoute, createRoute, type RouteComponent } from '@tanstack/react-router';
import { Frame, MissingPage } from './Frame.tsx';
import { textsOf } from './kit/paging.ts';

/** What stands around every page. */
export const root = createRootRoute({ component: Frame, notFoundComponent: MissingPage });

/** A page at its address; `filters` are the words of its query that it reads. */
export function page<Path extends string>(
  path: Path,
  component: RouteComponent,
  filters: readonly string[] = [],
) {
  return createRoute({
    getParentRoute: () => root,
    path,
    component,
    validateSearch: (raw: Record<string, unknown>) => textsOf(raw, ['cursor', 'page', ...filters]),
  });
}
