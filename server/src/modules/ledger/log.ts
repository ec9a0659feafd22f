import type { Activity } from '../../platform/executor/activity.ts';
import { entity, finder } from '../../platform/executor/entity.ts';

/** The append-only log as use cases look into it. Not kept between batches: it only grows. */
export const activities = entity<Activity>('activity', (activity) => String(activity.seq), 'none');

export const activityByKey = finder(activities, 'byKey', (a) =>
  a.idempotencyKey === null ? [] : [a.idempotencyKey],
);

/** Who has claimed a store's reference: `storeAnd(storeId, reference)`. */
export const activityByReference = finder(activities, 'byReference', (a) =>
  a.reference === null || a.storeId === null ? [] : [storeAnd(a.storeId, a.reference)],
);

/** An entry by its number, with its postings. */
export const activityBySeq = finder(activities, 'bySeq', (a) => [String(a.seq)]);

/** The key of `activityByReference`. A store's id has a fixed length, so no reference can imitate another's key. */
export function storeAnd(storeId: string, reference: string): string {
  return `${storeId}|${reference}`;
}
