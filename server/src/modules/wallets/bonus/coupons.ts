import { encodeId } from '../../../kernel/id.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import { type CouponGrant, type Granted, type GrantRows, granted, grantRows } from '../../coupons/index.ts';
import type { BonusRule, BonusStep } from './rule.ts';

/** Of which templates the steps of rules give, by id. */
export type Grants = ReadonlyMap<string, GrantRows>;

/** For `needs`: the templates that steps give of. */
export function grantsOf(steps: readonly BonusStep[], find: Find): Grants {
  const ids = new Set(steps.flatMap(({ coupons }) => coupons?.templateId ?? []));
  return new Map([...ids].map((id) => [id, grantRows(id, find)]));
}

/** The same of all rules that give anything now. */
export function grantsIn(rules: readonly BonusRule[], find: Find): Grants {
  const active = rules.filter(({ state }) => state === 'active');
  return grantsOf(
    active.flatMap(({ terms }) => terms.steps),
    find,
  );
}

/** Whether coupons may have come with a top-up that a rule gave for. */
export const gaveCoupons = (rules: readonly BonusRule[], ruleId: string | null): boolean =>
  rules.some(({ id, terms }) => id === ruleId && terms.steps.some(({ coupons }) => coupons));

/** What comes of the coupons that a rule gives, as far as their template lets them be given. */
export function couponsOf(grants: Grants, grant: CouponGrant | null, now: Date): Granted | undefined {
  const rows = grant ? grants.get(grant.templateId) : undefined;
  return grant && rows ? granted(rows, grant, now) : undefined;
}

/** Coupons that are given with a top-up as the API shows them; where none are: why. */
export function grantedAnswer(given: Granted | undefined) {
  if (!given) return null;
  const { template, count, refusal } = given;
  return {
    templateId: encodeId('cpt', template.id),
    name: template.name,
    count: refusal ? 0 : count,
    reason: refusal?.refused ?? null,
  };
}
