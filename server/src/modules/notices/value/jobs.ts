import { formatAmount } from '../../../kernel/money.ts';
import { allMerchants, read, writeAside } from '../../../platform/db/read.ts';
import { dayMs, daysLeft } from '../reminders/mark.ts';
import { locales, type Parts, tell } from '../reminders/tell.ts';
import { endingValue, fallenWallets, type Place } from './store.ts';

const atOnceMax = 200;
/** How far back it is looked for wallets that fell below the mark: longer than a process is away. */
const lookBackMs = 7 * dayMs;
const nil = '00000000-0000-0000-0000-000000000000';
const start: Place = { merchantId: nil, memberId: nil, usableUntil: new Date(0) };

/** Reminds members of value that ends soon, and of a wallet that fell below the merchant's mark. */
export async function remindOfValue(parts: Parts, signal: AbortSignal): Promise<void> {
  await remindOfEnds(parts, signal);
  await tellOfFallen(parts, signal);
}

async function remindOfEnds(parts: Parts, signal: AbortSignal): Promise<void> {
  const now = parts.clock();
  const until = new Date(now.getTime() + 30 * dayMs);
  for (let after = start; !signal.aborted; ) {
    const place = after;
    const ends = await read(parts.readers, allMerchants, (db) =>
      endingValue(db, now, until, place, atOnceMax),
    );
    for (const { merchantId, memberId, usableUntil, currency, amount, occasion } of ends) {
      await writeAside(parts.writers, merchantId, (db) =>
        tell(parts, db, {
          merchantId,
          memberId,
          occasion,
          event: 'value_expiring',
          params: (language) => ({
            amount: formatAmount(amount, currency, locales[language]),
            days: daysLeft(usableUntil, now),
          }),
          wants: ({ remindExpiry }) => remindExpiry,
        }),
      );
    }
    const last = ends.at(-1);
    if (!last || ends.length < atOnceMax) return;
    after = last;
  }
}

/** Each crossing stands in the log once, and makes one notice. */
async function tellOfFallen(parts: Parts, signal: AbortSignal): Promise<void> {
  const since = new Date(parts.clock().getTime() - lookBackMs);
  const fallen = await read(parts.readers, allMerchants, (db) => fallenWallets(db, since, atOnceMax));
  for (const { merchantId, seq, memberId, currency, balance } of fallen) {
    if (signal.aborted) return;
    await writeAside(parts.writers, merchantId, (db) =>
      tell(parts, db, {
        merchantId,
        memberId,
        occasion: `wallet|${seq}`,
        event: 'wallet_low',
        params: (language) => ({ balance: formatAmount(balance, currency, locales[language]) }),
        wants: ({ remindLow }) => remindLow,
      }),
    );
  }
}
