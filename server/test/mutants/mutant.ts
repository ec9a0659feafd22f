/** A mistake that somebody might make in a guard, and the tests that must notice it. */
export type Mutant = {
  readonly name: string;
  /** Each `find` stands exactly once in its file. */
  readonly edits: readonly { readonly file: string; readonly find: string; readonly put: string }[];
  readonly suite: SuiteName;
};

/**
 * What is run against a mutant: the arguments to vitest. One file where one will do, for each is started anew for each mutant.
 */
export const suites = {
  model: ['server/test/model', '-t', 'the twin and the model'],
  races: ['server/src/modules/cards/races.test.ts', '-t', 'at once'],
  journey: ['server/src/modules/cards/journey.test.ts'],
  executor: ['server/src/platform/executor/executor.test.ts'],
  processes: ['server/src/platform/executor/processes.test.ts'],
  idempotency: ['server/src/platform/executor/idempotency.test.ts'],
  refund: ['server/src/modules/cards/refund.test.ts'],
  devices: ['server/src/modules/signin/devices/devices.test.ts'],
  approvals: ['server/src/modules/approvals/approvals.test.ts'],
  permits: ['server/src/modules/approvals/kinds.test.ts'],
  twin: ['server/src/platform/executor/queue.test.ts'],
  paymentCode: ['server/src/modules/wallet/paymentCode.test.ts'],
  gifts: ['server/src/modules/wallet/gifts.test.ts'],
  signIn: ['server/src/modules/members/signIn/signIn.test.ts'],
  merging: ['server/src/modules/merging/merging.test.ts'],
  mergedTerms: ['server/src/modules/merging/terms.test.ts'],
  familySharing: ['server/src/modules/families/sharing.test.ts'],
  familyPaying: ['server/src/modules/families/paying.test.ts'],
  familyEnding: ['server/src/modules/families/ending.test.ts'],
  numbers: ['server/src/modules/members/number/number.test.ts'],
  rows: ['server/src/platform/executor/workingSet.test.ts'],
  scope: ['server/src/modules/wallets/bonus/scope.test.ts'],
  coupons: ['server/src/modules/coupons/coupons.test.ts'],
  couponPrices: ['server/src/modules/coupons/price.test.ts'],
  couponsAtCheckout: ['server/src/modules/checkout/coupon.test.ts'],
  couponsOfBonus: ['server/src/modules/wallets/bonus/coupons.test.ts'],
  couponsOfPayments: ['server/src/modules/payments/bonus.test.ts'],
  notices: ['server/src/modules/notices/notices.test.ts'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type SuiteName = keyof typeof suites;

/** A mistake in one place of one file below server/src. */
export const mutant = (name: string, suite: SuiteName, file: string, find: string, put: string): Mutant => ({
  name,
  suite,
  edits: [{ file: `server/src/${file}`, find, put }],
});
