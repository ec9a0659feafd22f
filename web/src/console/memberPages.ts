import { lazyRouteComponent } from '@tanstack/react-router';
import { page } from './page.ts';

/** The pages about members, what they hold, and what they are sold. */
export const memberPages = [
  page(
    '/membership-plans',
    lazyRouteComponent(() => import('./memberships/PlansPage.tsx'), 'PlansPage'),
  ),
  page(
    '/membership-plans/new',
    lazyRouteComponent(() => import('./memberships/PlanPage.tsx'), 'NewPlanPage'),
  ),
  page(
    '/membership-plans/$id',
    lazyRouteComponent(() => import('./memberships/PlanPage.tsx'), 'PlanPage'),
  ),
  page(
    '/membership-tiers',
    lazyRouteComponent(() => import('./memberships/TiersPage.tsx'), 'TiersPage'),
  ),
  page(
    '/membership-tiers/edit',
    lazyRouteComponent(() => import('./memberships/TiersForm.tsx'), 'EditTiersPage'),
  ),
  page(
    '/imports',
    lazyRouteComponent(() => import('./imports/ImportsPage.tsx'), 'ImportsPage'),
  ),
  page(
    '/imports/$id',
    lazyRouteComponent(() => import('./imports/ImportPage.tsx'), 'ImportPage'),
    ['show'],
  ),
  page(
    '/complaints',
    lazyRouteComponent(() => import('./complaints/ComplaintsPage.tsx'), 'ComplaintsPage'),
    ['state'],
  ),
  page(
    '/members',
    lazyRouteComponent(() => import('./members/MembersPage.tsx'), 'MembersPage'),
    ['tag'],
  ),
  page(
    '/members/$id',
    lazyRouteComponent(() => import('./members/MemberPage.tsx'), 'MemberPage'),
  ),
  page(
    '/wallets',
    lazyRouteComponent(() => import('./value/WalletsPage.tsx'), 'WalletsPage'),
    ['holding'],
  ),
  page(
    '/wallets/$memberId',
    lazyRouteComponent(() => import('./value/WalletPage.tsx'), 'WalletPage'),
  ),
  page(
    '/bonus-rules',
    lazyRouteComponent(() => import('./bonus/RulesPage.tsx'), 'RulesPage'),
  ),
  page(
    '/bonus-rules/new',
    lazyRouteComponent(() => import('./bonus/NewRulePage.tsx'), 'NewRulePage'),
    ['copy'],
  ),
  page(
    '/coupons',
    lazyRouteComponent(() => import('./coupons/CouponsPage.tsx'), 'CouponsPage'),
    ['list', 'state', 'couponState', 'templateId', 'memberId'],
  ),
  page(
    '/coupons/new',
    lazyRouteComponent(() => import('./coupons/NewTemplatePage.tsx'), 'NewTemplatePage'),
  ),
  page(
    '/reminders',
    lazyRouteComponent(() => import('./reminders/RemindersPage.tsx'), 'RemindersPage'),
    ['list'],
  ),
  page(
    '/points',
    lazyRouteComponent(() => import('./points/SchemesPage.tsx'), 'SchemesPage'),
  ),
  page(
    '/points/new',
    lazyRouteComponent(() => import('./points/NewSchemePage.tsx'), 'NewSchemePage'),
    ['copy'],
  ),
  page(
    '/gifts',
    lazyRouteComponent(() => import('./catalog/GiftsPage.tsx'), 'GiftsPage'),
    ['list', 'state', 'storeId'],
  ),
  page(
    '/products',
    lazyRouteComponent(() => import('./catalog/ProductsPage.tsx'), 'ProductsPage'),
    ['list', 'categoryId', 'state', 'words'],
  ),
  page(
    '/dividends',
    lazyRouteComponent(() => import('./dividends/DividendsPage.tsx'), 'DividendsPage'),
  ),
  page(
    '/dividends/new',
    lazyRouteComponent(() => import('./dividends/NewDividendPage.tsx'), 'NewDividendPage'),
  ),
  page(
    '/dividends/$id',
    lazyRouteComponent(() => import('./dividends/DividendPage.tsx'), 'DividendPage'),
  ),
] as const;
