import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import type { Span } from '../../../kernel/time.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import type { Discount } from '../discount.ts';

/** What a card of this kind promises. */
export type PlanTerms = {
  readonly name: { readonly zh: string; readonly en: string };
  readonly span: Span;
  readonly price: bigint;
  readonly discount: Discount;
  /** For how many days after its end it is as good as before. */
  readonly graceDays: number;
  /** For how many days it may be paused in all before it is renewed; 0: not at all. */
  readonly pauseDaysMax: number;
};

/** A card type, in one of its versions. Each is there to stay: a member keeps the one that they bought until they renew. */
export type Plan = PlanTerms & {
  readonly id: string;
  /** 1, 2, 3 … */
  readonly version: number;
  readonly currency: string;
  /** Of a retired plan nothing is sold any more. */
  readonly state: 'active' | 'retired';
  readonly createdAt: Date;
};

export const plans = entity<Plan>('membershipPlan', ({ id, version }) => `${id}|${version}`);
/** All of a merchant, under this one key: they are few. */
const allPlans = 'all';
export const plansOfMerchant = finder(plans, 'all', () => [allPlans]);

/** All versions of all plans of a merchant: in memory after the first look-up. */
export function plansIn(find: Find): readonly Plan[] {
  return find.all(plansOfMerchant, allPlans);
}

/** A plan as it is sold now, or in one of its versions. */
export function planOf(all: readonly Plan[], id: string, version?: number): Plan | undefined {
  let found: Plan | undefined;
  for (const plan of all) {
    if (plan.id !== id || (version !== undefined && plan.version !== version)) continue;
    if (found === undefined || plan.version > found.version) found = plan;
  }
  return found;
}

/** A discount as the API shows it. */
export function discountAnswer({ ppm, walletPpm, categories }: Discount) {
  return {
    ppm,
    walletPpm,
    categories: categories.map(({ categoryId, ...rate }) => ({
      categoryId: encodeId('cat', categoryId),
      ppm: rate.ppm,
      walletPpm: rate.walletPpm,
    })),
  };
}

/** A plan as the API shows it. */
export function planAnswer(plan: Plan) {
  const { id, version, state, name, span, price, currency, discount, graceDays, pauseDaysMax, createdAt } =
    plan;
  return {
    id: encodeId('mpl', id),
    version,
    state,
    name,
    span,
    price: jsonAmount(price),
    currency,
    discount: discountAnswer(discount),
    graceDays,
    pauseDaysMax,
    createdAt: createdAt.toISOString(),
  };
}
