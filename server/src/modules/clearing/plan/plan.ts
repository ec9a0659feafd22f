import { civilDay, dayOfMonth, daysAfter, daysBetween, startOfDay } from '../../../kernel/time.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';

/** How often periods end: when somebody says so, with each Sunday, or with the last day of each month. */
export const rhythms = ['hand', 'week', 'month'] as const;
export type Rhythm = (typeof rhythms)[number];

/** When a merchant's settlement periods end, and how long stores may answer then. */
export type DrawingPlan = {
  readonly every: Rhythm;
  readonly answerDays: number;
  /** From when on; what ended before is not drawn by it. */
  readonly since: Date;
  /** 0: nobody has laid anything down yet. */
  readonly revision: number;
};

const byHand: DrawingPlan = { every: 'hand', answerDays: 7, since: new Date(0), revision: 0 };

export const drawingPlans = entity<DrawingPlan>('clearingPlan', () => 'plan');
/** The one of a merchant, under this one key. */
const ofMerchant = 'plan';
export const planOfMerchant = finder(drawingPlans, 'ofMerchant', () => [ofMerchant]);

/** For `needs`: the plan, as somebody laid it down or by hand. */
export function planIn(find: Find): DrawingPlan {
  return find.one(planOfMerchant, ofMerchant) ?? byHand;
}

/** What the next end of a period depends on. */
export type Standing = {
  readonly plan: Pick<DrawingPlan, 'every' | 'since'>;
  readonly zone: string;
  /** Until when the last period covers. */
  readonly coveredUntil: Date | undefined;
  /** When the first thing happened that no period covers. */
  readonly openSince: Date | undefined;
};

const aMonday = '2024-01-01';

function begins(every: Exclude<Rhythm, 'hand'>, day: string): boolean {
  return every === 'month' ? dayOfMonth(day) === 1 : daysBetween(aMonday, day) % 7 === 0;
}

/**
 * The first day that is not in the next period, `YYYY-MM-DD` in the merchant's zone; undefined where periods end by hand. Weeks
 * and months in which nothing happened make no period.
 */
export function nextEnd({ plan, zone, coveredUntil, openSince }: Standing): string | undefined {
  const { every, since } = plan;
  if (every === 'hand') return undefined;
  const times = [since, coveredUntil, openSince].map((time) => time?.getTime() ?? 0);
  let day = daysAfter(civilDay(new Date(Math.max(...times)), zone), 1);
  while (!begins(every, day)) day = daysAfter(day, 1);
  return day;
}

/** The same once that day has come and something happened before it: then the period is to be drawn. */
export function dueEnd(standing: Standing, now: Date): string | undefined {
  if (standing.openSince === undefined) return undefined;
  const day = nextEnd(standing);
  return day !== undefined && startOfDay(day, standing.zone) <= now ? day : undefined;
}
