import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouteComponent,
} from '@tanstack/react-router';
import { cardFilters } from './cards/filters.ts';
import { Frame, MissingPage } from './Frame.tsx';
import { textsOf } from './kit/paging.ts';

const root = createRootRoute({ component: Frame, notFoundComponent: MissingPage });

/** A page at its address; `filters` are the words of its query that it reads. */
function page<Path extends string>(path: Path, component: RouteComponent, filters: readonly string[] = []) {
  return createRoute({
    getParentRoute: () => root,
    path,
    component,
    validateSearch: (raw: Record<string, unknown>) => textsOf(raw, ['cursor', 'page', ...filters]),
  });
}

const routes = [
  page(
    '/',
    lazyRouteComponent(() => import('./home/HomePage.tsx'), 'HomePage'),
    ['days', 'store'],
  ),
  page(
    '/first-steps',
    lazyRouteComponent(() => import('./home/FirstStepsPage.tsx'), 'FirstStepsPage'),
  ),
  page(
    '/cards',
    lazyRouteComponent(() => import('./cards/CardsPage.tsx'), 'CardsPage'),
    cardFilters,
  ),
  page(
    '/cards/$id',
    lazyRouteComponent(() => import('./cards/CardPage.tsx'), 'CardPage'),
  ),
  page(
    '/batches',
    lazyRouteComponent(() => import('./batches/BatchesPage.tsx'), 'BatchesPage'),
    ['open'],
  ),
  page(
    '/programs',
    lazyRouteComponent(() => import('./programs/ProgramsPage.tsx'), 'ProgramsPage'),
  ),
  page(
    '/programs/new',
    lazyRouteComponent(() => import('./programs/ProgramPage.tsx'), 'NewProgramPage'),
  ),
  page(
    '/programs/$id',
    lazyRouteComponent(() => import('./programs/ProgramPage.tsx'), 'ProgramPage'),
  ),
  page(
    '/settlement',
    lazyRouteComponent(() => import('./money/SettlementPage.tsx'), 'SettlementPage'),
    ['store', 'from', 'to'],
  ),
  page(
    '/ledger',
    lazyRouteComponent(() => import('./money/LedgerPage.tsx'), 'LedgerPage'),
    ['purpose', 'ownerId'],
  ),
  page(
    '/stores',
    lazyRouteComponent(() => import('./house/StoresPage.tsx'), 'StoresPage'),
  ),
  page(
    '/devices',
    lazyRouteComponent(() => import('./house/DevicesPage.tsx'), 'DevicesPage'),
  ),
  page(
    '/staff',
    lazyRouteComponent(() => import('./house/StaffPage.tsx'), 'StaffPage'),
  ),
  page(
    '/keys',
    lazyRouteComponent(() => import('./house/KeysPage.tsx'), 'KeysPage'),
  ),
  page(
    '/security',
    lazyRouteComponent(() => import('./house/SecurityPage.tsx'), 'SecurityPage'),
  ),
  page(
    '/settings',
    lazyRouteComponent(() => import('./house/SettingsPage.tsx'), 'SettingsPage'),
  ),
  page(
    '/approvals',
    lazyRouteComponent(() => import('./approvals/ApprovalsPage.tsx'), 'ApprovalsPage'),
    ['state', 'mine'],
  ),
  page(
    '/approvals/policy',
    lazyRouteComponent(() => import('./approvals/PolicyPage.tsx'), 'PolicyPage'),
  ),
  page(
    '/approvals/$id',
    lazyRouteComponent(() => import('./approvals/ApprovalPage.tsx'), 'ApprovalPage'),
  ),
  page(
    '/redemptions',
    lazyRouteComponent(() => import('./records/RedemptionsPage.tsx'), 'RedemptionsPage'),
    ['list', 'from', 'to', 'storeId', 'actorId', 'cardId', 'reference'],
  ),
  page(
    '/redemptions/$id',
    lazyRouteComponent(() => import('./records/RedemptionPage.tsx'), 'RedemptionPage'),
  ),
  page(
    '/audit',
    lazyRouteComponent(() => import('./records/AuditPage.tsx'), 'AuditPage'),
    ['type', 'subjectId', 'from', 'to', 'storeId', 'actorId', 'cardId', 'reference'],
  ),
  page(
    '/audit/$id',
    lazyRouteComponent(() => import('./records/ActivityPage.tsx'), 'ActivityPage'),
  ),
  page(
    '/webhooks',
    lazyRouteComponent(() => import('./webhooks/WebhooksPage.tsx'), 'WebhooksPage'),
  ),
  page(
    '/webhooks/$id',
    lazyRouteComponent(() => import('./webhooks/WebhookPage.tsx'), 'WebhookPage'),
    ['state'],
  ),
  page(
    '/roles',
    lazyRouteComponent(() => import('./house/RolesPage.tsx'), 'RolesPage'),
  ),
  page(
    '/shifts',
    lazyRouteComponent(() => import('./house/ShiftsPage.tsx'), 'ShiftsPage'),
    ['state'],
  ),
  page(
    '/members',
    lazyRouteComponent(() => import('./members/MembersPage.tsx'), 'MembersPage'),
  ),
  page(
    '/members/$id',
    lazyRouteComponent(() => import('./members/MemberPage.tsx'), 'MemberPage'),
  ),
] as const;

export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingMinMs: 0,
});
