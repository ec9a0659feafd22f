import { daysAfter, startOfDay } from '../../../kernel/time.ts';
import { type DrawingPlan, nextEnd, type Standing } from './plan.ts';

/** A plan as the API shows it, with the next end of a period; where nothing has happened yet, of what happens from now on. */
export function planAnswer({ every, answerDays, revision }: DrawingPlan, standing: Standing, now: Date) {
  const day = nextEnd({ ...standing, openSince: standing.openSince ?? now });
  return {
    every,
    answerDays,
    revision,
    next: day === undefined ? null : nextOf(day, answerDays, standing.zone),
  };
}

function nextOf(day: string, answerDays: number, zone: string) {
  return {
    lastDay: daysAfter(day, -1),
    until: startOfDay(day, zone).toISOString(),
    answerBy: startOfDay(daysAfter(day, answerDays), zone).toISOString(),
  };
}
