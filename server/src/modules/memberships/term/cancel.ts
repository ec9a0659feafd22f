import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { type Find, put } from '../../../platform/executor/workingSet.ts';
import { openBook } from '../../ledger/index.ts';
import { beyondScope } from '../../merchants/index.ts';
import { reopen } from '../../wallets/index.ts';
import { unusedPart } from './calendar.ts';
import { feeTransfers } from './fee.ts';
import { backToWallet, givingBackRows } from './giveBack.ts';
import { mayCancel } from './may.ts';
import { membershipAnswer, memberships } from './membership.ts';
import { changeRows, knownAt, type SaleInput } from './sale.ts';

type CancelInput = SaleInput & {
  readonly reason: string;
  /** `unused`: what is not used up of its price goes back, exactly that; `nothing`: nothing does. */
  readonly refund: 'unused' | 'nothing';
};

function cancelRows(input: CancelInput, find: Find) {
  const rows = changeRows(input, find);
  const { membership } = rows;
  return { ...rows, giving: membership && givingBackRows(membership, find) };
}

/**
 * Ends a membership now, giving back what of its price is not used up, or nothing. What a wallet paid goes back to the lots
 * that it came from, and the rest is the money that the store pays out.
 */
export const cancelMembership = useCase({
  name: 'membership.cancel',
  permission: 'memberships.manage',
  movesValue: true,
  storeOf: ({ storeId }: CancelInput) => storeId,
  amountOf: ({ payment }) => payment?.amount,
  secondPerson: { kind: 'refund', by: 'carry', amountOf: (_rows, { payment }) => payment?.amount ?? 0n },
  needs: cancelRows,
  decide(rows, { storeId, payment, reason, refund }, { now, actor }) {
    const known = knownAt(rows);
    if (isRefused(known)) return known;
    const { membership, merchant, plan } = known;
    const denied = mayCancel(membership, now);
    if (denied) return denied;
    const due = refund === 'unused' ? unusedPart(membership, merchant.timezone, now) : 0n;
    const book = openBook([...rows.accounts, ...(rows.giving?.accounts ?? [])], now);
    const back = backToWallet(rows.giving, membership, due, book);
    const misses = isGivenBack(payment?.amount ?? 0n, due, back.amount);
    if (misses) return misses;
    const beyond = beyondScope(actor, back.storeIds);
    if (beyond) return beyond;
    reopen(back.lots, book, now);
    const money = due - back.amount;
    const fee = { storeId, currency: membership.currency, tender: payment?.tender ?? '', amount: -money };
    const postings = book.post([...feeTransfers(book, fee), ...back.transfers], { evenIfUnusable: true });
    if (isRefused(postings)) return postings;
    const cancelled = { ...membership, cancelledAt: now, revision: membership.revision + 1 };
    const result = membershipAnswer(cancelled, plan, now);
    return accepted({
      activities: [
        {
          type: 'membership.cancelled',
          subjectId: membership.id,
          storeId,
          amount: due,
          details: {
            memberId: result.memberId,
            reason,
            ...(payment && { tender: payment.tender, paymentReference: payment.reference }),
            ...(back.amount > 0n && { toWallet: jsonAmount(back.amount) }),
          },
          postings,
        },
      ],
      changes: [put(memberships, cancelled), ...book.changes()],
      result: { ...result, refunded: jsonAmount(due), refundedToWallet: jsonAmount(back.amount) },
    });
  },
});

/** Refused unless exactly what is no wallet's is paid out. */
function isGivenBack(paid: bigint, due: bigint, toWallet: bigint): Refusal | undefined {
  if (paid === due - toWallet) return undefined;
  const detail =
    toWallet === 0n
      ? `${due} goes back.`
      : `${due} goes back: ${toWallet} of it onto the wallet, ${due - toWallet} in money.`;
  return refused('payment_mismatch', { field: 'payment.amount', detail });
}
