import { type Refusal, refused } from '../../kernel/outcome.ts';
import { civilDay, startOfDay } from '../../kernel/time.ts';

/** When something begins that is to hold from a day on (left out: now). The past is settled by what held then. */
export function beginning(from: string | undefined, zone: string, now: Date): Date | Refusal {
  if (from === undefined) return now;
  if (from > civilDay(now, zone)) return startOfDay(from, zone);
  return refused('terms_in_the_past', {
    field: 'from',
    next: 'Name a later day, or none: then they hold from now on.',
  });
}
