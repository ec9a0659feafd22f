/** What pays here by a verb of its own, which takes it from where it stands. */
const promised: ReadonlySet<string> = new Set([
  'wallet',
  'gift_card',
  'recharge_card',
  'points',
  'import',
  'dividend',
]);

/**
 * Whether a tender is money that somebody says they were handed. Nobody's word is taken for the others: a wallet that was
 * filled "by gift card" so would be paid out in cash.
 */
export function isMoney(tender: string): boolean {
  return !promised.has(tender);
}

/** What is said of one that is not. */
export const notMoney = 'must be money that was handed over, such as cash';
