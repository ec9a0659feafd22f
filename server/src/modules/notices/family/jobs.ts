import { decodeId } from '../../../kernel/id.ts';
import { formatAmount } from '../../../kernel/money.ts';
import { allMerchants, read, writeAside } from '../../../platform/db/read.ts';
import { maskedMember, readMember } from '../../members/index.ts';
import { dayMs } from '../reminders/mark.ts';
import { locales, type Parts, tell } from '../reminders/tell.ts';
import { familyPayments } from './store.ts';

const atOnceMax = 200;
/** How far back it is looked for payments: longer than a process is away. */
const lookBackMs = 7 * dayMs;

/** Tells whose wallet it was of each payment by a relative, once; whether there may be more. */
export async function tellOfFamily(parts: Parts, signal: AbortSignal): Promise<boolean> {
  const since = new Date(parts.clock().getTime() - lookBackMs);
  const found = await read(parts.readers, allMerchants, (db) => familyPayments(db, since, atOnceMax));
  for (const { merchantId, seq, amount, payerId, relativeId, currency } of found) {
    if (signal.aborted) return false;
    const [memberId, otherId] = [decodeId('mem', payerId), decodeId('mem', relativeId)];
    if (memberId === undefined || otherId === undefined) continue;
    await writeAside(parts.writers, merchantId, async (db) => {
      const known = await readMember(db, merchantId, otherId);
      const { name, phone } = known
        ? maskedMember(merchantId, known.member, parts.vault)
        : { name: null, phone: '' };
      await tell(parts, db, {
        merchantId,
        memberId,
        occasion: `family|${seq}`,
        event: 'family_paid',
        params: (language) => ({
          relative: name ?? (phone || nobody[language]),
          amount: formatAmount(amount, currency, locales[language]),
        }),
        // Who pays is told, whatever else they want to hear of.
        wants: () => true,
      });
    });
  }
  return found.length === atOnceMax;
}

/** Who is not there any more when it is told. */
const nobody = { zh: '您的家人', en: 'A relative' } as const;
