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
    | 'redemptions'
    | 'settlement'
    | 'shifts'
    | 'ledger'
    | 'stores'
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
      { to: '/members', word: 'members', icon: 'people', by: 'members.read' },
      { to: '/programs', word: 'programs', icon: 'program', by: 'programs.read' },
    ],
  },
  {
    word: 'groupMoney',
    places: [
      { to: '/redemptions', word: 'redemptions', icon: 'clock', by: 'cards.read' },
      { to: '/settlement', word: 'settlement', icon: 'settle', by: 'settlement.read' },
      { to: '/shifts', word: 'shifts', icon: 'sell', by: 'shifts.read' },
      { to: '/ledger', word: 'ledger', icon: 'ledger', by: 'ledger.read' },
    ],
  },
  {
    word: 'groupHouse',
    places: [
      { to: '/stores', word: 'stores', icon: 'store', by: 'stores.read' },
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
