import { type Refusal, refused } from '../../../kernel/outcome.ts';
import { civilDay } from '../../../kernel/time.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import { type Change, type Find, put } from '../../../platform/executor/workingSet.ts';
import { merchantById } from '../../merchants/index.ts';
import { dayCeilingsOf, type Limits } from './limits.ts';

/** How much of a day's allowance is taken. One row for each holder and verb: a new day begins it anew. */
export type DayUse = {
  /** Whose and what for: the id of a member of staff or a device, a colon, the permission. */
  readonly id: string;
  /** The merchant's day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly used: bigint;
};

export const dayUses = entity<DayUse>('dayUse', (use) => use.id);
export const dayUseById = finder(dayUses, 'byId', (use) => [use.id]);

/** Takes an amount out of the day's allowances; written with what it is for, or not at all. */
export type Claim = (permission: string, amount: bigint, now: Date) => readonly Change[] | Refusal;

/** The claim on one holder's allowances; undefined where nothing of theirs is limited by the day. */
export function dayClaim(find: Find, holderId: string, limits: Limits): Claim | undefined {
  const daily = dayCeilingsOf(limits);
  if (daily.size === 0) return undefined;
  const merchant = find.one(merchantById, find.merchantId);
  const rows = new Map<string, readonly [bigint, DayUse | undefined]>(
    [...daily].map(([word, day]) => [word, [day, find.one(dayUseById, useId(holderId, word))]]),
  );
  return (permission, amount, now) => {
    const row = rows.get(permission);
    if (!row || !merchant) return [];
    const [allowed, use] = row;
    const day = civilDay(now, merchant.timezone);
    const used = (use?.day === day ? use.used : 0n) + amount;
    if (used > allowed) return refused('amount_over_daily_ceiling', { field: 'amount' });
    return [put(dayUses, { id: useId(holderId, permission), day, used })];
  };
}

function useId(holderId: string, word: string): string {
  return `${holderId}:${word}`;
}
