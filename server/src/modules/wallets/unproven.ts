import { type Refusal, refused } from '../../kernel/outcome.ts';
import { civilDay } from '../../kernel/time.ts';
import { entity, finder } from '../../platform/executor/entity.ts';
import { type Change, type Find, put } from '../../platform/executor/workingSet.ts';
import { merchantById } from '../merchants/index.ts';
import type { WalletPolicy } from './policy/policy.ts';

/** What a member paid out of wallets in a day of the merchant's without showing a code. */
export type UnprovenSpend = { readonly memberId: string; readonly day: string; readonly amount: bigint };

export const unprovenSpends = entity<UnprovenSpend>('unprovenSpend', ({ memberId }) => memberId);
export const unprovenOfMember = finder(unprovenSpends, 'ofMember', ({ memberId }) => [memberId]);

/** What somebody has paid without a code so far, and in which zone a day is counted. */
export type Unproven = { readonly before: UnprovenSpend | undefined; readonly zone: string };

/** For `needs`: the same; undefined where the house sets no limit, so that nothing is looked up or kept. */
export function unprovenIn(
  memberId: string | undefined,
  policy: WalletPolicy,
  find: Find,
): Unproven | undefined {
  if (memberId === undefined || policy.codeAbove === null) return undefined;
  const zone = find.one(merchantById, find.merchantId)?.timezone ?? 'UTC';
  return { before: find.one(unprovenOfMember, memberId), zone };
}

/**
 * Claims an amount of what may be paid without a code: all payments of a day together stay within the limit, so that many
 * small ones are not a way around it.
 */
export function claimUnproven(
  { before, zone }: Unproven,
  memberId: string,
  amount: bigint,
  codeAbove: bigint,
  now: Date,
): Change | Refusal {
  const day = civilDay(now, zone);
  const sum = (before?.day === day ? before.amount : 0n) + amount;
  if (sum <= codeAbove) return put(unprovenSpends, { memberId, day, amount: sum });
  const detail = sum > amount ? { detail: `${sum - amount} was paid without a code today.` } : {};
  return refused('member_code_required', {
    ...detail,
    next: 'Ask the member for the code that the phone shows now.',
  });
}
