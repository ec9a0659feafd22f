import type { ReactNode } from 'react';
import { drawnNumber, formatMoney } from '../../ui/money.ts';
import { useSession } from '../../ui/session.ts';
import { formatDay, formatLastDay, formatMoment } from '../../ui/time.ts';
import { localeOf, useLanguage } from '../../ui/words.ts';

/** A cell of an exported file: numbers stay numbers there, everything else is text. */
export type Cell = string | number | null;

/** One column of a list: what it shows, and what it writes into a file. */
export type Column<Item> = {
  readonly key: string;
  readonly title: string;
  readonly show: (item: Item) => ReactNode;
  readonly cell: (item: Item) => Cell;
  readonly align?: 'right';
  readonly width?: number;
};

/** An amount, with figures that stand under each other. */
export function Money({ amount, currency }: { readonly amount: number; readonly currency: string }) {
  const locale = localeOf(useLanguage());
  return (
    <span className={amount < 0 ? 'money minus' : 'money'}>{formatMoney(amount, currency, locale)}</span>
  );
}

/** A moment on the merchant's clock. */
export function Moment({ at, day = false }: { readonly at: string; readonly day?: boolean }) {
  const locale = localeOf(useLanguage());
  const { timezone } = useSession().merchant;
  return (
    <time dateTime={at} className="moment">
      {day ? formatDay(at, locale, timezone) : formatMoment(at, locale, timezone)}
    </time>
  );
}

/** The last day of something that ends before a moment. */
export function LastDay({ before }: { readonly before: string }) {
  const locale = localeOf(useLanguage());
  return <time dateTime={before}>{formatLastDay(before, locale, useSession().merchant.timezone)}</time>;
}

type Named<Item> = Pick<Column<Item>, 'key' | 'title'>;

/** A column of text. */
export function textColumn<Item>(named: Named<Item>, text: (item: Item) => string | null): Column<Item> {
  return { ...named, show: (item) => text(item) ?? <span className="none">–</span>, cell: text };
}

/** A column of amounts of one currency each. */
export function moneyColumn<Item>(
  named: Named<Item>,
  amountOf: (item: Item) => number | null,
  currencyOf: (item: Item) => string,
): Column<Item> {
  return {
    ...named,
    align: 'right',
    show: (item) => {
      const amount = amountOf(item);
      if (amount === null) return <span className="none">–</span>;
      return <Money amount={amount} currency={currencyOf(item)} />;
    },
    cell: (item) => {
      const amount = amountOf(item);
      return amount === null ? null : drawnNumber(amount, currencyOf(item));
    },
  };
}

/** A column of moments; files have them as the server gives them, in UTC. */
export function momentColumn<Item>(named: Named<Item>, at: (item: Item) => string | null): Column<Item> {
  return {
    ...named,
    show: (item) => {
      const moment = at(item);
      return moment === null ? <span className="none">–</span> : <Moment at={moment} />;
    },
    cell: at,
  };
}
