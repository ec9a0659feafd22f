import { allMerchants, read, writeAside } from '../../../platform/db/read.ts';
import { dayMs, daysLeft } from '../reminders/mark.ts';
import { type Parts, tell } from '../reminders/tell.ts';
import { endingMemberships, type Place } from './store.ts';

const atOnceMax = 200;
const nil = '00000000-0000-0000-0000-000000000000';
const start: Place = { merchantId: nil, id: nil };

/** Reminds members of a membership that ends soon. */
export async function remindOfTerms(parts: Parts, signal: AbortSignal): Promise<void> {
  const now = parts.clock();
  const until = new Date(now.getTime() + 30 * dayMs);
  for (let after = start; !signal.aborted; ) {
    const place = after;
    const ends = await read(parts.readers, allMerchants, (db) =>
      endingMemberships(db, now, until, place, atOnceMax),
    );
    for (const { merchantId, memberId, validUntil, occasion } of ends) {
      await writeAside(parts.writers, merchantId, (db) =>
        tell(parts, db, {
          merchantId,
          memberId,
          occasion,
          event: 'membership_expiring',
          params: () => ({ days: daysLeft(validUntil, now) }),
          wants: ({ remindExpiry }) => remindExpiry,
        }),
      );
    }
    const last = ends.at(-1);
    if (!last || ends.length < atOnceMax) return;
    after = last;
  }
}
