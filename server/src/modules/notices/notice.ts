import type { Language } from '../members/index.ts';

/** What people are told of. */
export const events = [
  'sign_in_code',
  'phone_change_code',
  'phone_changed',
  'member_merged',
  'card_expiring',
  'balance_low',
  'value_expiring',
  'wallet_low',
  'family_paid',
  'membership_expiring',
  'gift_claimed',
  'complaint_answered',
] as const;
export type Event = (typeof events)[number];

export const channelNames = ['email', 'sms', 'wechat', 'outbox'] as const;
export type ChannelName = (typeof channelNames)[number];

export type Address = { readonly phone: string | null; readonly email: string | null };

/** A notice on its way out. */
export type Outgoing = {
  readonly id: string;
  readonly event: Event;
  readonly language: Language;
  readonly to: Address;
  readonly params: Readonly<Record<string, string>>;
  readonly text: string;
  readonly subject: string;
};

/** What came of sending: taken, or why not, and whether it makes sense to try again. */
export type Delivery =
  | { readonly sent: true }
  | { readonly sent: false; readonly failure: Failure; readonly again: boolean };

export type Failure =
  | 'no_channel'
  | 'nobody'
  | 'too_late'
  | 'unreachable'
  | 'not_let_in'
  | 'refused'
  | 'broken';

/** Tried so often, over about twenty hours, before it is given up. */
export const attemptsMax = 12;

const firstRetryMs = 5_000;
const retryMaxMs = 6 * 3_600_000;

/** How long to wait after so many attempts: 5 s, 20 s, 80 s …, six hours at most. */
export function retryAfterMs(attempts: number): number {
  return Math.min(firstRetryMs * 4 ** (attempts - 1), retryMaxMs);
}

/** How long whoever took a notice may take to send it, before another may think them lost. */
export const leaseMs = 120_000;

/** Over which channel somebody is told: the phone before e-mail, and the outbox where nothing else is. */
export function channelFor(to: Address, has: (name: ChannelName) => boolean): ChannelName | undefined {
  if (to.phone !== null && has('sms')) return 'sms';
  if (to.phone !== null && has('wechat')) return 'wechat';
  if (to.email !== null && has('email')) return 'email';
  return has('outbox') ? 'outbox' : undefined;
}
