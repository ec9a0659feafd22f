import { createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { cardFilters } from './cards/filters.ts';
import { memberPages } from './memberPages.ts';
import { page, root } from './page.ts';

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
    '/batches/$id',
    lazyRouteComponent(() => import('./batches/BatchPage.tsx'), 'BatchPage'),
  ),
  page(
    '/recharge-cards',
    lazyRouteComponent(() => import('./recharge/RechargeCardsPage.tsx'), 'RechargeCardsPage'),
    ['batchId', 'state', 'number', 'locked'],
  ),
  page(
    '/recharge-card-batches',
    lazyRouteComponent(() => import('./recharge/RechargeBatchesPage.tsx'), 'RechargeBatchesPage'),
  ),
  page(
    '/payments',
    lazyRouteComponent(() => import('./payments/OrdersPage.tsx'), 'OrdersPage'),
    ['state', 'list', 'difference'],
  ),
  page(
    '/payment-channels',
    lazyRouteComponent(() => import('./payments/ChannelsPage.tsx'), 'ChannelsPage'),
  ),
  page(
    '/store-accounts',
    lazyRouteComponent(() => import('./storefunds/StoreFundsPage.tsx'), 'StoreFundsPage'),
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
    '/settlement-periods',
    lazyRouteComponent(() => import('./clearing/PeriodsPage.tsx'), 'PeriodsPage'),
  ),
  page(
    '/settlement-periods/$id',
    lazyRouteComponent(() => import('./clearing/PeriodPage.tsx'), 'PeriodPage'),
    ['state'],
  ),
  page(
    '/settlement-periods/statements/$id',
    lazyRouteComponent(() => import('./clearing/StatementPage.tsx'), 'StatementPage'),
    ['column', 'with', 'currency'],
  ),
  page(
    '/settlement-payments',
    lazyRouteComponent(() => import('./clearing/PaymentsPage.tsx'), 'PaymentsPage'),
    ['state', 'periodId'],
  ),
  page(
    '/day-closes',
    lazyRouteComponent(() => import('./clearing/DayClosesPage.tsx'), 'DayClosesPage'),
    ['store'],
  ),
  page(
    '/acceptance',
    lazyRouteComponent(() => import('./chain/AcceptancePage.tsx'), 'AcceptancePage'),
    ['at'],
  ),
  page(
    '/acceptance/edit',
    lazyRouteComponent(() => import('./chain/AcceptanceForm.tsx'), 'EditAcceptancePage'),
  ),
  page(
    '/settlement-terms',
    lazyRouteComponent(() => import('./chain/TermsPage.tsx'), 'TermsPage'),
    ['number'],
  ),
  page(
    '/settlement-terms/edit',
    lazyRouteComponent(() => import('./chain/TermsForm.tsx'), 'EditTermsPage'),
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
    '/regions',
    lazyRouteComponent(() => import('./house/regions/RegionsPage.tsx'), 'RegionsPage'),
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
    '/purchases',
    lazyRouteComponent(() => import('./purchases/PurchasesPage.tsx'), 'PurchasesPage'),
    ['from', 'to', 'storeId', 'memberId', 'tender', 'reference', 'state'],
  ),
  page(
    '/purchases/$id',
    lazyRouteComponent(() => import('./purchases/PurchasePage.tsx'), 'PurchasePage'),
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
  ...memberPages,
] as const;

export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingMinMs: 0,
});
