import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import { type Accepted, accepted, type Context, useCase } from '../../../platform/executor/useCase.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import { renewal } from './calendar.ts';
import { type Payment, walletTender } from './fee.ts';
import { mayRenew } from './may.ts';
import { membershipById } from './membership.ts';
import { changeRows, knownAt, type SaleInput, type Sold, sell } from './sale.ts';

/** Another span of the same plan, as it is sold now: from the last day, or from today where that is later. */
export const renewMembership = useCase({
  name: 'membership.renew',
  permission: 'memberships.sell',
  movesValue: true,
  storeOf: ({ storeId }: SaleInput) => storeId,
  amountOf: ({ payment }) => payment?.amount,
  needs: changeRows,
  decide: renewed,
});

type OwnInput = {
  readonly membershipId: string;
  readonly memberId: string;
  /** What the member was shown that it costs. */
  readonly amount: bigint;
};

/** The same as a member's own doing, out of their wallet, at the store where it was last paid for. */
export const renewOwnMembership = useCase({
  name: 'membership.renew_own',
  permission: 'wallet',
  movesValue: true,
  needs(input: OwnInput, find: Find) {
    const storeId = find.one(membershipById, input.membershipId)?.storeId ?? undefined;
    const sale = storeId === undefined ? undefined : ownSale(input, storeId);
    return sale && { sale, ...changeRows(sale, find) };
  },
  decide(rows, { memberId }, context) {
    if (rows?.membership?.memberId !== memberId) return refused('membership_not_found');
    return renewed(rows, rows.sale, context);
  },
});

function ownSale({ membershipId, amount }: OwnInput, storeId: string): SaleInput {
  const payment: Payment | undefined =
    amount === 0n ? undefined : { tender: walletTender, amount, shown: 'own' };
  return { membershipId, storeId, payment };
}

function renewed(
  rows: ReturnType<typeof changeRows>,
  { storeId, payment }: SaleInput,
  context: Context,
): Accepted<Sold['result']> | Refusal {
  const known = knownAt(rows);
  if (isRefused(known)) return known;
  const { membership, merchant } = known;
  const plan = mayRenew(membership, rows.plans);
  if (isRefused(plan)) return plan;
  const next = {
    ...membership,
    ...renewal(membership, plan, merchant.timezone, context.now),
    planVersion: plan.version,
    storeId,
    revision: membership.revision + 1,
  };
  const sale = { type: 'membership.renewed', plan, membership: next, due: plan.price } as const;
  const sold = sell(rows, sale, payment, context);
  if (isRefused(sold)) return sold;
  return accepted({ activities: sold.activities, changes: sold.changes, result: sold.result });
}
