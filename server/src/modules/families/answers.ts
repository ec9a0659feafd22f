import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { leftToday, type Share, type Terms } from './share.ts';

const amountOrNone = (value: bigint | null) => (value === null ? null : jsonAmount(value));

/** What a payer lays down, as the log and the API have it. */
export const termsFacts = ({ paymentMax, dayMax, withDiscount }: Terms) => ({
  paymentMax: amountOrNone(paymentMax),
  dayMax: amountOrNone(dayMax),
  withDiscount,
});

/** A share as both and staff are shown it. */
export function shareFacts(share: Share, today: string) {
  return {
    id: encodeId('fsh', share.id),
    ...termsFacts(share),
    leftToday: amountOrNone(leftToday(share, today)),
  };
}
