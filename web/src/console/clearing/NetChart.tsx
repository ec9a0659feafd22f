import { useWords } from '../../ui/words.ts';
import { Chart } from '../home/charts/Chart.tsx';
import { base, colours, series, useDrawing } from '../home/charts/drawing.ts';
import { periodWords } from './words.ts';

/** What one party is owed at the end of a period; below zero: what it owes. */
export type Closing = { readonly name: string; readonly closing: number };

/** So many parties are drawn; the figures name all of them. */
const drawnMax = 12;
const rowHeight = 34;

/** Who is owed and who owes, the largest first: to the right what a party gets, to the left what it pays. */
export function NetChart({
  rows,
  currency,
}: {
  readonly rows: readonly Closing[];
  readonly currency: string;
}) {
  const words = useWords(periodWords);
  const { lengthOf, money, axis } = useDrawing(currency);
  const largest = rows.toSorted((a, b) => Math.abs(b.closing) - Math.abs(a.closing));
  const drawn = largest.slice(0, drawnMax).toSorted((a, b) => b.closing - a.closing);
  return (
    <>
      <p className="soft small">{words.whoOwesWhy}</p>
      <Chart
        label={words.whoOwes}
        filename="settlement-net"
        height={40 + drawn.length * rowHeight}
        table={{
          titles: [words.party, words.owedOrOwes],
          shown: largest.map(({ name, closing }) => [name, money(closing)]),
          rows: largest.map(({ name, closing }) => [name, lengthOf(closing)]),
        }}
        option={{
          grid: { ...base.grid, top: 8 },
          tooltip: {
            trigger: 'axis',
            confine: true,
            axisPointer: { type: 'shadow' },
            formatter: ([first]: readonly { readonly dataIndex: number }[]) => {
              const row = first && drawn[first.dataIndex];
              return row ? `${row.name}<br><b>${money(row.closing)}</b>` : '';
            },
          },
          xAxis: axis,
          yAxis: {
            type: 'category',
            inverse: true,
            data: drawn.map(({ name }) => name),
            axisLabel: { width: 130, overflow: 'truncate', color: colours.ink },
            // Names stand at the edge, not where the bars of who owes would cover them.
            axisLine: { onZero: false },
          },
          series: [
            {
              type: 'bar',
              barMaxWidth: 16,
              data: drawn.map(({ closing }) => ({
                value: lengthOf(closing),
                itemStyle: { color: closing < 0 ? series.redeemed : series.outstanding },
              })),
            },
          ],
        }}
      />
      {largest.length > drawnMax ? (
        <p className="soft small">{words.drawnOf(drawnMax, largest.length)}</p>
      ) : null}
    </>
  );
}
