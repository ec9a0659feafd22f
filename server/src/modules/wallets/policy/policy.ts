import { jsonAmount } from '../../../kernel/money.ts';
import { type Refusal, refused } from '../../../kernel/outcome.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import type { SpendingOrder, WalletMoney } from '../wallet.ts';

/** By which rule what is left of a top-up is paid back, where it is not whole and within seven days. */
export const refundRules = ['paid_ratio', 'list_price', 'time'] as const;
export type RefundRule = (typeof refundRules)[number];

/** How a merchant runs its wallets. */
export type WalletPolicy = {
  readonly spendingOrder: SpendingOrder;
  readonly refundRule: RefundRule;
  /** Over how many months a top-up without an end counts as used up by time. */
  readonly refundTermMonths: number;
  /** Whether an untouched top-up is paid back whole within seven days. */
  readonly sevenDays: boolean;
  /** The most that may be on a wallet; null: no limit. */
  readonly balanceMax: bigint | null;
  /** Below this a member is told that the balance is low; null: never. */
  readonly lowBelow: bigint | null;
  /** Above this the counter is told a balance, and paid out of it, only with the member's code; null: always. */
  readonly codeAbove: bigint | null;
  /** How many relatives a member may let pay from their wallet; 0: nobody. */
  readonly relativesMax: number;
  /** 0: nobody has laid anything down yet. */
  readonly revision: number;
};

const defaultPolicy: WalletPolicy = {
  spendingOrder: 'soonest_end',
  refundRule: 'paid_ratio',
  refundTermMonths: 12,
  sevenDays: true,
  balanceMax: null,
  lowBelow: null,
  codeAbove: null,
  relativesMax: 5,
  revision: 0,
};

export const walletPolicies = entity<WalletPolicy>('walletPolicy', () => 'policy');
/** The one of a merchant, under this one key. */
const ofMerchant = 'policy';
export const policyOfMerchant = finder(walletPolicies, 'ofMerchant', () => [ofMerchant]);

/** For `needs`: the policy, as somebody laid it down or by default. */
export function policyIn(find: Find): WalletPolicy {
  return find.one(policyOfMerchant, ofMerchant) ?? defaultPolicy;
}

/** Whether the counter is told what is on a wallet only with the member's code. */
export function isHidden({ codeAbove }: WalletPolicy, { total }: Pick<WalletMoney, 'total'>): boolean {
  return codeAbove !== null && total > codeAbove;
}

/** Why this much more does not go onto a wallet; undefined if it does. */
export function overLimit(
  { balanceMax }: WalletPolicy,
  { total, later }: WalletMoney,
  more: bigint,
): Refusal | undefined {
  if (balanceMax === null || total + later + more <= balanceMax) return undefined;
  return refused('balance_limit_exceeded', { field: 'amount', detail: `${balanceMax} is the most.` });
}

const amount = (value: bigint | null) => (value === null ? null : jsonAmount(value));

/** A policy as the API shows it. */
export function policyAnswer({ balanceMax, lowBelow, codeAbove, ...policy }: WalletPolicy) {
  return {
    ...policy,
    balanceMax: amount(balanceMax),
    lowBelow: amount(lowBelow),
    codeAbove: amount(codeAbove),
  };
}
