import { currencyDecimals } from '../api/currencies.ts';

const formats = new Map<string, Intl.NumberFormat>();

/** Whether an asset of the ledger is money; the others are counted, as points and pieces are. */
const isMoney = (asset: string): boolean => /^[A-Z]{3}$/.test(asset);

/** How many digits of the amount stand behind the point. */
export function decimalsOf(currency: string): number {
  return isMoney(currency) ? (currencyDecimals[currency] ?? 2) : 0;
}

function formatOf(currency: string, locale: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  let format = formats.get(key);
  if (format === undefined) {
    const decimals = decimalsOf(currency);
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    format = isMoney(currency)
      ? new Intl.NumberFormat(locale, {
          style: 'currency',
          currency,
          currencyDisplay: 'narrowSymbol',
          ...digits,
        })
      : new Intl.NumberFormat(locale, digits);
    formats.set(key, format);
  }
  return format;
}

/** Minor units as people write them, such as ¥1,234.50, and counts as 1,234; by way of text, so that no float is between. */
export function formatMoney(amount: number, currency: string, locale = 'zh-CN'): string {
  const text: `${number}` = `${amount}E-${decimalsOf(currency)}` as `${number}`;
  return formatOf(currency, locale).format(text);
}

/** Minor units as a plain decimal, such as 1234.50, for fields and files. */
export function decimalText(amount: number, currency: string): string {
  const decimals = decimalsOf(currency);
  const sign = amount < 0 ? '-' : '';
  const digits = String(amount)
    .replace('-', '')
    .padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-decimals)}`;
}

/** Minor units as the number that a spreadsheet or a chart draws. Nothing is reckoned with it. */
export function drawnNumber(amount: number, currency: string): number {
  return Number(decimalText(amount, currency));
}

/** The sign that stands before amounts of the currency. */
export function currencySign(currency: string, locale = 'zh-CN'): string {
  return (
    formatOf(currency, locale)
      .formatToParts(0)
      .find(({ type }) => type === 'currency')?.value ?? currency
  );
}

/** Minor units out of what somebody typed, such as 35.8; undefined if that is no amount of the currency. */
export function parseMoney(text: string, currency: string): number | undefined {
  const decimals = decimalsOf(currency);
  const typed = text.replaceAll(/[,，\s]/g, '').replace('。', '.');
  const match = /^(-?)(\d{1,16})(?:\.(\d*))?$/.exec(typed);
  const [, sign = '', whole = '', fraction = ''] = match ?? [];
  if (!match || fraction.length > decimals) return undefined;
  const amount = BigInt(`${sign}${whole}${fraction.padEnd(decimals, '0')}`);
  const limit = 10n ** 15n;
  return amount > limit || amount < -limit ? undefined : Number(amount);
}
