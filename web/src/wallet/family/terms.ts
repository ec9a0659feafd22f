import { decimalText, formatMoney, parseMoney } from '../../ui/money.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { useMerchant } from '../merchant.ts';
import { familyWords } from './words.ts';

/** What a payer lays down, as it is typed; empty: no limit. */
export type Typed = {
  readonly paymentMax: string;
  readonly dayMax: string;
  readonly withDiscount: boolean;
};
type Terms = {
  readonly paymentMax: number | null;
  readonly dayMax: number | null;
  readonly withDiscount: boolean;
};
type Limits = Terms & { readonly leftToday: number | null };

export const noTerms: Typed = { paymentMax: '', dayMax: '', withDiscount: false };

export function typedOf({ paymentMax, dayMax, withDiscount }: Terms, currency: string): Typed {
  const text = (amount: number | null) => (amount === null ? '' : decimalText(amount, currency));
  return { paymentMax: text(paymentMax), dayMax: text(dayMax), withDiscount };
}

/** The same as the API takes it; undefined where something that is typed is no amount. */
export function termsOf({ paymentMax, dayMax, withDiscount }: Typed, currency: string): Terms | undefined {
  const [atOnce, inDay] = [amountOf(paymentMax, currency), amountOf(dayMax, currency)];
  if (atOnce === undefined || inDay === undefined) return undefined;
  return { paymentMax: atOnce, dayMax: inDay, withDiscount };
}

function amountOf(text: string, currency: string): number | null | undefined {
  if (text.trim() === '') return null;
  const amount = parseMoney(text, currency);
  return amount !== undefined && amount > 0 ? amount : undefined;
}

/** A function that says what may be paid, in one line. */
export function useLimitsText() {
  const words = useWords(familyWords);
  const locale = localeOf(useLanguage());
  const { currency } = useMerchant();
  const money = (amount: number) => formatMoney(amount, currency, locale);
  return ({ paymentMax, dayMax, leftToday, withDiscount }: Limits): string =>
    [
      ...(paymentMax === null ? [] : [words.atOnce(money(paymentMax))]),
      ...(dayMax === null ? [] : [words.inDay(money(dayMax), money(leftToday ?? 0))]),
      ...(paymentMax === null && dayMax === null ? [words.noLimit] : []),
      ...(withDiscount ? [words.discount] : []),
    ].join(' · ');
}

/** How somebody is named: by name, where there is one, and the number that says which. */
export const whoIs = ({ name, phone }: { readonly name: string | null; readonly phone: string }): string =>
  name === null ? phone : `${name} (${phone})`;
