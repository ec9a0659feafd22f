import { assert } from './assert.ts';

/** The largest amount that one posting, request or balance may hold, in minor units. */
export const amountMax = 10n ** 15n;

/**
 * Minor units out of a JSON integer. Throws on what is not a safe integer: the edge has refused that before.
 */
export function amountOf(n: number): bigint {
  assert(Number.isSafeInteger(n), 'an amount is a safe integer of minor units');
  return BigInt(n);
}

/**
 * The one place where an amount becomes a JSON integer. Throws beyond 2^53 - 1, where it would stop being
 * exact.
 */
export function jsonAmount(amount: bigint): number {
  const n = Number(amount);
  assert(Number.isSafeInteger(n), 'an amount fits a JSON integer exactly');
  return n;
}

/** The lesser of two amounts. */
export const least = (one: bigint, other: bigint): bigint => (one < other ? one : other);

/**
 * Splits `total` by weights to the last minor unit: every part is its exact share rounded down or up (towards
 * or away from zero), the units left over go to the largest remainders, among equals to the earlier. Throws
 * unless weights are non-negative and one is positive.
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  const size = total < 0n ? -total : total;
  let sum = 0n;
  for (const weight of weights) {
    assert(weight >= 0n, 'a weight is not negative');
    sum += weight;
  }
  assert(sum > 0n, 'at least one weight is positive');

  const shares = weights.map((weight, place) => {
    const exact = size * weight;
    return { place, part: exact / sum, remainder: exact % sum };
  });
  let left = shares.reduce((rest, share) => rest - share.part, size);
  const byRemainder = shares.toSorted((one, other) =>
    one.remainder === other.remainder ? one.place - other.place : one.remainder > other.remainder ? -1 : 1,
  );
  for (const share of byRemainder) {
    if (left === 0n) break;
    share.part += 1n;
    left -= 1n;
  }
  assert(left === 0n, 'fewer units are left over than there are parts');
  return shares.map((share) => (total < 0n ? -share.part : share.part));
}

// Our own table: the one in Intl follows usage, not ISO 4217, and changes with the runtime.
const currenciesByExponent: readonly (readonly [number, string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'],
  [
    2,
    `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP
     CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS
     INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN
     MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE
     SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR
     ZMW ZWG`,
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
];
const exponents = new Map(
  currenciesByExponent.flatMap(([exponent, codes]) => codes.split(/\s+/).map((code) => [code, exponent])),
);

/**
 * How many decimals the currency's minor unit has (ISO 4217: 0, 2 or 3); undefined if we do not know the
 * currency.
 */
export function currencyExponent(code: string): number | undefined {
  return exponents.get(code);
}

// Making a format costs as much as a thousand uses. Locales are the few we speak, so this stays small.
const formats = new Map<string, Intl.NumberFormat>();

/**
 * An amount as people write it, such as `¥1,234.50`; exact at any size. Throws on an unknown currency or
 * locale.
 */
export function formatAmount(amount: bigint, currency: string, locale: string): string {
  const exponent = currencyExponent(currency);
  assert(exponent !== undefined, `${currency} is a known currency`);
  const key = `${locale} ${currency}`;
  let format = formats.get(key);
  if (format === undefined) {
    const digits = { minimumFractionDigits: exponent, maximumFractionDigits: exponent };
    format = new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits });
    formats.set(key, format);
  }
  // Text, since a number would round beyond 2^53.
  const decimal = `${amount}E-${exponent}`;
  assert(isDecimal(decimal), 'an amount is written as a decimal');
  return format.format(decimal);
}

function isDecimal(text: string): text is `${number}` {
  return /^-?\d+E-\d$/.test(text);
}
