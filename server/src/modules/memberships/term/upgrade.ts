import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { upgradeTo } from './calendar.ts';
import { mayUpgrade, soldPlan } from './may.ts';
import { changeRows, knownAt, type SaleInput, sell } from './sale.ts';

type UpgradeInput = SaleInput & { readonly planId: string };

/** Puts another plan in the place of the one there is: its price less what is not used up of the old one, from today on. */
export const upgradeMembership = useCase({
  name: 'membership.upgrade',
  permission: 'memberships.sell',
  movesValue: true,
  storeOf: ({ storeId }: UpgradeInput) => storeId,
  amountOf: ({ payment }) => payment?.amount,
  needs: changeRows,
  decide(rows, { planId, storeId, payment }, context) {
    const known = knownAt(rows);
    if (isRefused(known)) return known;
    const { membership, merchant, plan: before } = known;
    const denied = mayUpgrade(membership, context.now);
    if (denied) return denied;
    const plan = soldPlan(rows.plans, planId);
    if (isRefused(plan)) return plan;
    const { credit, due, firstDay, term } = upgradeTo(membership, plan, merchant.timezone, context.now);
    if (plan.id === before.id || plan.currency !== membership.currency || due <= 0n) {
      return refused('membership_not_an_upgrade', {
        field: 'planId',
        detail: `It costs ${plan.price}; ${credit} is not used up of the one there is.`,
      });
    }
    const upgraded = {
      ...membership,
      ...term,
      planId: plan.id,
      planVersion: plan.version,
      storeId,
      paid: plan.price,
      paidFrom: firstDay,
      pausedDays: 0,
      revision: membership.revision + 1,
    };
    const details = { before: { planVersion: before.version, credit: jsonAmount(credit) } };
    const sale = { type: 'membership.upgraded', plan, membership: upgraded, due, details } as const;
    const sold = sell(rows, sale, payment, context);
    if (isRefused(sold)) return sold;
    return accepted({ activities: sold.activities, changes: sold.changes, result: sold.result });
  },
});
