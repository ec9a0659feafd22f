import type { Find } from '../../../platform/executor/workingSet.ts';
import { activityBySeq } from '../../ledger/index.ts';
import { periodsIn } from '../period/period.ts';

/** For `needs`: when the first thing happened that no period covers; undefined where nothing has. */
export function openSinceIn(find: Find): Date | undefined {
  const fromSeq = periodsIn(find).at(-1)?.toSeq ?? 1n;
  return find.one(activityBySeq, String(fromSeq))?.occurredAt;
}
