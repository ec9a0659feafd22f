import { type Mutant, mutant } from './mutant.ts';

/** Mistakes in what guards coupons. */
export const couponMutants: readonly Mutant[] = [
  mutant(
    'a coupon that was used is shown as one that was not',
    'coupons',
    'modules/coupons/coupon/use.ts',
    "    state: 'used',\n    usedSeq: seq,",
    "    state: 'held',\n    usedSeq: null,",
  ),
  mutant(
    'the last coupons are given twice over',
    'couponsOfBonus',
    'modules/coupons/template/template.ts',
    'issued + count <= template.issueMax',
    'issued < template.issueMax',
  ),
  mutant(
    'a coupon is anybody’s who buys',
    'couponsAtCheckout',
    'modules/coupons/coupon/use.ts',
    '!template || coupon.memberId !== memberId',
    '!template',
  ),
  mutant(
    'a coupon is good a moment longer',
    'coupons',
    'modules/coupons/coupon/coupon.ts',
    'usableUntil !== null && usableUntil <= now',
    'usableUntil !== null && usableUntil < now',
  ),
  mutant(
    'a coupon comes back with a part of its purchase',
    'couponsAtCheckout',
    'modules/checkout/refund/taking.ts',
    'isAll: before + amount === due',
    'isAll: amount > 0n',
  ),
  mutant(
    'a coupon comes back after its end',
    'couponsAtCheckout',
    'modules/coupons/coupon/use.ts',
    "if (shownState(held, now) === 'lapsed') return undefined;",
    '',
  ),
  mutant(
    'a coupon takes off what the member gets off anyway',
    'couponsAtCheckout',
    'modules/checkout/purchase/discount.ts',
    'lines: boughtOf(lines, (n) => off.discounts[n] ?? 0n) };',
    'lines: boughtOf(lines, () => 0n) };',
  ),
  mutant(
    'a coupon takes more than there is',
    'couponPrices',
    'modules/coupons/price.ts',
    'wanted < base ? wanted : base',
    'wanted',
  ),
  mutant(
    'the minimum is of all that is bought',
    'couponPrices',
    'modules/coupons/price.ts',
    'isFor[n] ? amount : 0n',
    'isFor.length > n ? amount : 0n',
  ),
  mutant(
    'a coupon that was withdrawn can be used',
    'coupons',
    'modules/coupons/coupon/end.ts',
    'state: fate, endedAt: now',
    "state: 'held', endedAt: null",
  ),
  mutant(
    'coupons that staff took back count as still to be taken',
    'couponsOfPayments',
    'modules/coupons/topUp.ts',
    'jsonAmount(due) - gone',
    'jsonAmount(due)',
  ),
  mutant(
    'with the money of a refund that failed come all coupons that were withdrawn',
    'couponsOfPayments',
    'modules/coupons/topUp.ts',
    'ids.includes(id) && state',
    'state',
  ),
];
