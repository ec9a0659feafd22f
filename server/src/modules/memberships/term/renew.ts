import { isRefused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { renewal } from './calendar.ts';
import { mayRenew } from './may.ts';
import { changeRows, knownAt, type SaleInput, sell } from './sale.ts';

/** Another span of the same plan, as it is sold now: from the last day, or from today where that is later. */
export const renewMembership = useCase({
  name: 'membership.renew',
  permission: 'memberships.sell',
  movesValue: true,
  storeOf: ({ storeId }: SaleInput) => storeId,
  amountOf: ({ payment }) => payment?.amount,
  needs: changeRows,
  decide(rows, { storeId, payment }, context) {
    const known = knownAt(rows);
    if (isRefused(known)) return known;
    const { membership, merchant } = known;
    const plan = mayRenew(membership, rows.plans);
    if (isRefused(plan)) return plan;
    const renewed = {
      ...membership,
      ...renewal(membership, plan, merchant.timezone, context.now),
      planVersion: plan.version,
      storeId,
      revision: membership.revision + 1,
    };
    const sold = sell(
      rows,
      { type: 'membership.renewed', plan, membership: renewed, due: plan.price },
      payment,
      context,
    );
    if (isRefused(sold)) return sold;
    return accepted({ activities: [sold.activity], changes: sold.changes, result: sold.result });
  },
});
