import type { IconName } from '../ui/icons.tsx';
import type { Permission } from '../ui/session.ts';
import type { frameWords } from './words.ts';

type Word = keyof typeof frameWords.zh & string;
type Place = {
  readonly to: string;
  readonly word:
    | 'home'
    | 'approvals'
    | 'cards'
    | 'batches'
    | 'programs'
    | 'members'
    | 'complaints'
    | 'wallets'
    | 'bonusRules'
    | 'coupons'
    | 'reminders'
    | 'points'
    | 'gifts'
    | 'products'
    | 'dividends'
    | 'membershipPlans'
    | 'membershipTiers'
    | 'imports'
    | 'redemptions'
    | 'purchases'
    | 'settlement'
    | 'settlementPeriods'
    | 'settlementPayments'
    | 'acceptance'
    | 'settlementTerms'
    | 'dayCloses'
    | 'rechargeBatches'
    | 'rechargeCards'
    | 'payments'
    | 'paymentChannels'
    | 'storeFunds'
    | 'shifts'
    | 'ledger'
    | 'stores'
    | 'regions'
    | 'devices'
    | 'staff'
    | 'roles'
    | 'keys'
    | 'webhooks'
    | 'audit'
    | 'settings';
  readonly icon: IconName;
  readonly by: Permission;
};

/** The navigation: pages by what they are about. */
export const groups: readonly {
  readonly word: Extract<Word, `group${string}`> | undefined;
  readonly places: readonly Place[];
}[] = [
  {
    word: undefined,
    places: [
      { to: '/', word: 'home', icon: 'home', by: 'merchant.read' },
      { to: '/approvals', word: 'approvals', icon: 'check', by: 'merchant.read' },
    ],
  },
  {
    word: 'groupCards',
    places: [
      { to: '/cards', word: 'cards', icon: 'card', by: 'cards.read' },
      { to: '/batches', word: 'batches', icon: 'batch', by: 'batches.read' },
      { to: '/recharge-cards', word: 'rechargeCards', icon: 'key', by: 'rechargecards.read' },
      { to: '/recharge-card-batches', word: 'rechargeBatches', icon: 'batch', by: 'rechargecards.read' },
      { to: '/programs', word: 'programs', icon: 'program', by: 'programs.read' },
    ],
  },
  {
    word: 'groupMembers',
    places: [
      { to: '/members', word: 'members', icon: 'people', by: 'members.read' },
      { to: '/membership-plans', word: 'membershipPlans', icon: 'card', by: 'members.read' },
      { to: '/membership-tiers', word: 'membershipTiers', icon: 'batch', by: 'members.read' },
      { to: '/wallets', word: 'wallets', icon: 'wallet', by: 'wallets.read' },
      { to: '/bonus-rules', word: 'bonusRules', icon: 'gift', by: 'wallets.read' },
      { to: '/coupons', word: 'coupons', icon: 'card', by: 'coupons.read' },
      { to: '/reminders', word: 'reminders', icon: 'bell', by: 'wallets.read' },
      { to: '/points', word: 'points', icon: 'program', by: 'points.read' },
      { to: '/gifts', word: 'gifts', icon: 'gift', by: 'catalog.read' },
      { to: '/products', word: 'products', icon: 'batch', by: 'catalog.read' },
      { to: '/dividends', word: 'dividends', icon: 'share', by: 'dividends.read' },
      { to: '/complaints', word: 'complaints', icon: 'warn', by: 'members.read' },
      { to: '/imports', word: 'imports', icon: 'import', by: 'imports.read' },
    ],
  },
  {
    word: 'groupMoney',
    places: [
      { to: '/redemptions', word: 'redemptions', icon: 'clock', by: 'cards.read' },
      { to: '/purchases', word: 'purchases', icon: 'sell', by: 'checkout.read' },
      { to: '/payments', word: 'payments', icon: 'sell', by: 'payments.read' },
      { to: '/payment-channels', word: 'paymentChannels', icon: 'hook', by: 'payments.read' },
      { to: '/shifts', word: 'shifts', icon: 'sell', by: 'shifts.read' },
      { to: '/day-closes', word: 'dayCloses', icon: 'clock', by: 'shifts.read' },
      { to: '/ledger', word: 'ledger', icon: 'ledger', by: 'ledger.read' },
    ],
  },
  {
    word: 'groupChain',
    places: [
      { to: '/settlement-periods', word: 'settlementPeriods', icon: 'ledger', by: 'settlement.read' },
      { to: '/settlement-payments', word: 'settlementPayments', icon: 'sell', by: 'settlement.read' },
      { to: '/settlement', word: 'settlement', icon: 'settle', by: 'settlement.read' },
      { to: '/acceptance', word: 'acceptance', icon: 'check', by: 'settlement.read' },
      { to: '/settlement-terms', word: 'settlementTerms', icon: 'program', by: 'settlement.read' },
      { to: '/store-accounts', word: 'storeFunds', icon: 'store', by: 'storefunds.read' },
    ],
  },
  {
    word: 'groupHouse',
    places: [
      { to: '/stores', word: 'stores', icon: 'store', by: 'stores.read' },
      { to: '/regions', word: 'regions', icon: 'batch', by: 'stores.read' },
      { to: '/devices', word: 'devices', icon: 'device', by: 'stores.read' },
      { to: '/staff', word: 'staff', icon: 'people', by: 'people.read' },
      { to: '/roles', word: 'roles', icon: 'check', by: 'people.read' },
      { to: '/keys', word: 'keys', icon: 'key', by: 'people.read' },
      { to: '/webhooks', word: 'webhooks', icon: 'hook', by: 'webhooks.read' },
      { to: '/audit', word: 'audit', icon: 'search', by: 'audit.read' },
      { to: '/settings', word: 'settings', icon: 'settings', by: 'merchant.read' },
    ],
  },
];

/** Every page that the navigation names. */
export const places: readonly Place[] = groups.flatMap((group) => group.places);
