import { entity, finder } from '../../../platform/executor/entity.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';

/** What of a merchant's business may need a second person. */
export const kinds = [
  'issue',
  'adjust',
  'void',
  'refund',
  'settle',
  'release',
  'grant',
  'dividend',
  'merge',
  'policy',
] as const;
export type Kind = (typeof kinds)[number];

/** Those that are about an amount, and wait only above one. */
export const limitedKinds = [
  'issue',
  'adjust',
  'void',
  'refund',
  'settle',
] as const satisfies readonly Kind[];

type Rule = {
  readonly isOn: boolean;
  /** Above how much, in minor units, a second person is needed; of what has no amount nothing. */
  readonly above: bigint;
};

/** How much a merchant lets one person do alone. Without a row it is the standard one. */
export type Policy = {
  readonly rules: ReadonlyMap<Kind, Rule>;
  /** How long something waits for a second person. */
  readonly waitHours: number;
  /** Above how much, in minor units, who signed in proves anew who they are. */
  readonly provenAbove: bigint;
};

const theOne = 'policy';
export const policies = entity<Policy>('policy', () => theOne);
export const policyFinder = finder(policies, 'ofMerchant', () => [theOne]);

export const standardPolicy: Policy = {
  rules: new Map<Kind, Rule>([
    ['issue', { isOn: true, above: 1_000_000n }],
    ['adjust', { isOn: true, above: 0n }],
    ['void', { isOn: true, above: 100_000n }],
    ['refund', { isOn: true, above: 100_000n }],
    ['settle', { isOn: true, above: 0n }],
    ['release', { isOn: true, above: 0n }],
    ['grant', { isOn: true, above: 0n }],
    ['dividend', { isOn: true, above: 0n }],
    ['merge', { isOn: true, above: 0n }],
    ['policy', { isOn: true, above: 0n }],
  ]),
  waitHours: 72,
  provenAbove: 100_000n,
};

/** The policy of the merchant. */
export function policyOf(find: Find): Policy {
  return find.one(policyFinder, theOne) ?? standardPolicy;
}

/** What of a policy is to be another; what is left out stays. */
export type PolicyChange = {
  readonly rules: ReadonlyMap<
    Kind,
    { readonly isOn?: boolean | undefined; readonly above?: bigint | undefined }
  >;
  readonly waitHours?: number | undefined;
  readonly provenAbove?: bigint | undefined;
};

/** The policy after a change. The rule about itself stays. */
export function changedPolicy(before: Policy, { rules, waitHours, provenAbove }: PolicyChange): Policy {
  const merged = new Map(before.rules);
  for (const [kind, rule] of rules) {
    const was = merged.get(kind) ?? { isOn: true, above: 0n };
    merged.set(kind, { isOn: rule.isOn ?? was.isOn, above: rule.above ?? was.above });
  }
  merged.set('policy', { isOn: true, above: 0n });
  return {
    rules: merged,
    waitHours: waitHours ?? before.waitHours,
    provenAbove: provenAbove ?? before.provenAbove,
  };
}
