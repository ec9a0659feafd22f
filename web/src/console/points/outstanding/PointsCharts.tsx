import { localeOf, useLanguage, useWords } from '../../../ui/words.ts';
import { Chart } from '../../home/charts/Chart.tsx';
import { base, colours, series } from '../../home/charts/drawing.ts';
import { outstandingWords } from './words.ts';

export type OfMonth = { readonly month: string; readonly points: number };
type Props = {
  readonly months: readonly OfMonth[];
  /** What no month stands for, below the months in the table. */
  readonly besides: readonly (readonly [name: string, points: number])[];
  readonly label: string;
  readonly filename: string;
  readonly kind: 'line' | 'bar';
};

/** Points by month: drawn, and as figures beneath. */
export function PointsChart({ months, besides, label, filename, kind }: Props) {
  const words = useWords(outstandingWords);
  const locale = localeOf(useLanguage());
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const rows = months.map(({ month, points }): readonly [string, number] => [month, points]);
  return (
    <Chart
      label={label}
      filename={filename}
      height={260}
      table={{
        titles: [words.month, words.points],
        shown: [...rows, ...besides].map(([name, points]) => [name, points.toLocaleString(locale)]),
        rows: [...rows, ...besides],
      }}
      option={{
        grid: { ...base.grid, top: 12 },
        tooltip: {
          trigger: 'axis',
          confine: true,
          formatter: ([first]: readonly { readonly dataIndex: number }[]) => {
            const row = first && months[first.dataIndex];
            return row ? `${row.month}<br><b>${row.points.toLocaleString(locale)}</b>` : '';
          },
        },
        xAxis: {
          type: 'category',
          data: months.map(({ month }) => month),
          axisLabel: { color: colours.soft, hideOverlap: true },
        },
        yAxis: {
          type: 'value',
          minInterval: 1,
          splitLine: { lineStyle: { color: colours.line } },
          axisLabel: { color: colours.soft, formatter: (points: number) => short.format(points) },
        },
        series: [
          {
            name: words.points,
            type: kind,
            color: kind === 'line' ? series.outstanding : series.redeemed,
            barMaxWidth: 28,
            symbol: 'circle',
            lineStyle: { width: 2.5 },
            data: months.map(({ points }) => points),
          },
        ],
      }}
    />
  );
}
