import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { schemeAt } from '../scheme/version.ts';
import { isUsable, lotsIn, type PointsRows, purseOf } from './purse.ts';
import { worthOf } from './spend.ts';

/** A purse as the API shows it, with its lots in the order in which they are spent. */
export function purseAnswer(rows: PointsRows, now: Date) {
  const { usable, pending, owed } = purseOf(rows, now);
  const scheme = schemeAt(rows.versions, now);
  return {
    memberId: encodeId('mem', rows.memberId),
    usable: jsonAmount(usable),
    pending: jsonAmount(pending),
    owed: jsonAmount(owed),
    worth: jsonAmount(worthOf(scheme, usable) ?? 0n),
    currency: rows.merchant?.currency ?? '',
    step: scheme?.spend?.points ?? null,
    mayTransfer: scheme?.transfer ?? false,
    lots: lotsIn(rows, now).map((lot) => ({
      points: jsonAmount(lot.account.balance),
      isUsable: isUsable(lot, now),
      usableFrom: lot.term.from?.toISOString() ?? null,
      lapsesAt: lot.term.until?.toISOString() ?? null,
    })),
  };
}
