import type { IconName } from '../ui/icons.tsx';
import type { Permission } from '../ui/session.ts';

/** The tabs: pages of the counter, and what each is for. */
export const places = [
  { to: '/', word: 'take', icon: 'card', by: 'cards.verify' },
  { to: '/member', word: 'member', icon: 'people', by: 'members.read' },
  { to: '/sell', word: 'sell', icon: 'sell', by: 'cards.activate' },
  { to: '/recent', word: 'recent', icon: 'clock', by: 'cards.read' },
  { to: '/shift', word: 'shift', icon: 'ledger', by: 'shifts.work' },
] as const satisfies readonly {
  readonly to: string;
  readonly word: string;
  readonly icon: IconName;
  readonly by: Permission;
}[];
