import { drawnNumber, formatMoney } from '../../../ui/money.ts';
import { localeOf, useLanguage } from '../../../ui/words.ts';

export const colours = { ink: '#16211d', soft: '#52605a', line: '#e4eae7' };
export const series = { outstanding: '#0a6b4d', sold: '#5aa98a', redeemed: '#c98a1b', given: '#8a5a9e' };

/** What every drawing of amounts needs: their lengths, and how they read. */
export function useDrawing(currency: string) {
  const locale = localeOf(useLanguage());
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  return {
    /** A length on the screen, not an amount: its text is made of the amount itself. */
    lengthOf: (amount: number) => drawnNumber(amount, currency),
    money: (amount: number) => formatMoney(amount, currency, locale),
    axis: {
      type: 'value' as const,
      splitLine: { lineStyle: { color: colours.line } },
      axisLabel: { color: colours.soft, formatter: (length: number) => short.format(length) },
    },
  };
}

export const base = {
  grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
  legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: colours.ink } },
};
