import { type Refusal, refused } from '../../kernel/outcome.ts';
import { entity, finder } from '../../platform/executor/entity.ts';
import { type Change, put } from '../../platform/executor/workingSet.ts';

/** Who begins and who ends one; `lapse`: nobody accepted it in time, or one of the two is not there any more. */
export const beginners = ['payer', 'staff'] as const;
export const enders = ['payer', 'relative', 'staff', 'merge', 'lapse'] as const;
export type Ender = (typeof enders)[number];
export const shareStates = ['offered', 'active', 'ended'] as const;

/** What a payer lays down. */
export type Terms = {
  /** The most at once; null: no limit. */
  readonly paymentMax: bigint | null;
  /** The most in a day of the merchant; null: no limit. */
  readonly dayMax: bigint | null;
  /** Whether what the payer gets off counts where the payer's wallet pays all. */
  readonly withDiscount: boolean;
};

/** The same without what else comes with it. */
export const termsOf = ({ paymentMax, dayMax, withDiscount }: Terms): Terms => ({
  paymentMax,
  dayMax,
  withDiscount,
});

/** That one member, the payer, lets another, the relative, pay from their wallet. */
export type Share = Terms & {
  readonly id: string;
  readonly payerId: string;
  /** Null: nobody has accepted it. */
  readonly relativeId: string | null;
  readonly state: (typeof shareStates)[number];
  /** Of the number that it is offered to; lower-case hex, null once it is accepted or over. */
  readonly phoneHash: string | null;
  /** Its last four digits. */
  readonly phoneEnd: string | null;
  /** The merchant's day that `used` is of, `YYYY-MM-DD`: a new day begins it anew. */
  readonly day: string | null;
  readonly used: bigint;
  readonly begunBy: (typeof beginners)[number];
  readonly endedBy: Ender | null;
  readonly createdAt: Date;
  /** Until when it can be accepted; null: it was begun at once. */
  readonly expiresAt: Date | null;
  readonly begunAt: Date | null;
  readonly endedAt: Date | null;
  /** Goes up with each change. */
  readonly revision: number;
};

export const familyShares = entity<Share>('familyShare', (share) => share.id);
export const shareById = finder(familyShares, 'byId', ({ id }) => [id]);
/** What a member lets others do, and has offered them. */
export const sharesOfPayer = finder(familyShares, 'ofPayer', ({ state, payerId }) =>
  state === 'ended' ? [] : [payerId],
);
/** What others let a member do. */
export const sharesOfRelative = finder(familyShares, 'ofRelative', ({ state, relativeId }) =>
  state === 'ended' || relativeId === null ? [] : [relativeId],
);
export const offersTo = finder(familyShares, 'offeredTo', ({ phoneHash }) =>
  phoneHash === null ? [] : [phoneHash],
);

/** How long an offer can be accepted. */
const offeredForMs = 7 * 86_400_000;

type Made = Terms & Pick<Share, 'id' | 'payerId'>;

/** One that a payer offers to whoever has a number. */
export function offered(
  made: Made,
  to: { readonly phoneHash: string; readonly phoneEnd: string },
  now: Date,
) {
  const expiresAt = new Date(now.getTime() + offeredForMs);
  return newShare({ ...made, ...to, relativeId: null, state: 'offered', begunBy: 'payer', expiresAt }, now);
}

/** One that staff begin between two who are there. */
export function begun(made: Made, relativeId: string, now: Date): Share {
  const facts = {
    phoneHash: null,
    phoneEnd: null,
    state: 'active',
    begunBy: 'staff',
    expiresAt: null,
  } as const;
  return { ...newShare({ ...made, ...facts, relativeId }, now), begunAt: now };
}

type Beginning = 'day' | 'used' | 'endedBy' | 'createdAt' | 'begunAt' | 'endedAt' | 'revision';
function newShare(made: Omit<Share, Beginning>, createdAt: Date): Share {
  return {
    ...made,
    day: null,
    used: 0n,
    endedBy: null,
    createdAt,
    begunAt: null,
    endedAt: null,
    revision: 1,
  };
}

/** Whether it counts: it is active, or can still be accepted. */
export const isStanding = ({ state, expiresAt }: Share, now: Date): boolean =>
  state === 'active' || (state === 'offered' && expiresAt !== null && now < expiresAt);

/** What of a day is taken of it. */
const usedOn = ({ day, used }: Pick<Share, 'day' | 'used'>, today: string): bigint =>
  day === today ? used : 0n;

/** What is left of its day; null: no limit. */
export function leftToday(share: Pick<Share, 'dayMax' | 'day' | 'used'>, today: string): bigint | null {
  if (share.dayMax === null) return null;
  const left = share.dayMax - usedOn(share, today);
  return left > 0n ? left : 0n;
}

/** The most that can be paid by it now, out of this much on the wallet. */
export function mostNow(share: Share, onWallet: bigint, today: string): bigint {
  const limits = [onWallet, share.paymentMax, leftToday(share, today)].filter((limit) => limit !== null);
  return limits.reduce((least, limit) => (limit < least ? limit : least));
}

/** Takes an amount out of its day; written with the payment, or not at all. */
export function claimOn(share: Share, amount: bigint, today: string): Change | Refusal {
  const { paymentMax } = share;
  if (paymentMax !== null && amount > paymentMax)
    return refused('family_share_exceeded', { detail: `${paymentMax} is the most at once.` });
  const left = leftToday(share, today);
  if (left !== null && amount > left)
    return refused('family_share_exceeded', { detail: `${left} is left for today.` });
  return changed(share, { day: today, used: usedOn(share, today) + amount });
}

/** Gives back to the day what was paid in it; what was paid on another day gives nothing back. */
export function giveBackOn(
  share: Share | undefined,
  amount: bigint,
  paidOn: string,
  today: string,
): readonly Change[] {
  if (share?.state !== 'active' || paidOn !== today || share.day !== today) return [];
  return [changed(share, { used: share.used > amount ? share.used - amount : 0n })];
}

/** The same share with this changed. */
export const changed = (share: Share, change: Partial<Share>): Change =>
  put(familyShares, { ...share, ...change, revision: share.revision + 1 });

/** One that nobody pays by any more. */
export const ended = (share: Share, endedBy: Ender, now: Date): Change =>
  changed(share, { state: 'ended', endedBy, endedAt: now, phoneHash: null, phoneEnd: null });
