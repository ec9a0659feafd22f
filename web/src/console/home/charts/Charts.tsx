import type { AnswerOf } from '../../../api/client.ts';
import { useWords } from '../../../ui/words.ts';
import { homeWords } from '../words.ts';
import { Chart } from './Chart.tsx';
import { base, colours, series, useDrawing } from './drawing.ts';
import { OverTime } from './OverTime.tsx';

type Points = AnswerOf<'GET /v1/reports/outstanding'>['points'];
type Stores = AnswerOf<'GET /v1/reports/stores'>['stores'];
type Ages = AnswerOf<'GET /v1/reports/ageing'>['ages'];
type Of<Rows> = { readonly rows: Rows; readonly currency: string };

const rowHeight = 56;
/** So many stores are drawn, the busiest; the figures name all of them. */
const storesMax = 12;

/** What was outstanding at the end of each day, over what was sold and redeemed in it. */
export function OutstandingChart({ rows, currency }: Of<Points>) {
  const words = useWords(homeWords);
  const { lengthOf, money, axis } = useDrawing(currency);
  return (
    <OverTime
      label={words.overTime}
      filename="outstanding"
      points={rows}
      axis={axis}
      text={money}
      lengthOf={lengthOf}
      lines={[
        {
          ...{ name: words.outstanding, kind: 'line', color: series.outstanding },
          of: ({ outstanding }) => outstanding,
        },
        { name: words.sold, kind: 'bar', color: series.sold, of: ({ sold }) => sold },
        { name: words.redeemed, kind: 'bar', color: series.redeemed, of: ({ redeemed }) => redeemed },
      ]}
    />
  );
}

/** What each store sold beside what it redeemed. */
export function StoresChart({ rows: stores, currency }: Of<Stores>) {
  const words = useWords(homeWords);
  const { lengthOf, money, axis } = useDrawing(currency);
  const rows = stores
    .map((store) => ({ ...store, name: store.name ?? words.online }))
    .toSorted((a, b) => b.sold + b.redeemed - a.sold - a.redeemed);
  const drawn = rows.slice(0, storesMax);
  const named = [
    [words.sold, 'sold', series.outstanding],
    [words.redeemed, 'redeemed', series.redeemed],
  ] as const;
  return (
    <>
      <Chart
        label={words.byStore}
        filename="sold-and-redeemed"
        height={60 + drawn.length * rowHeight}
        table={{
          titles: [words.store, words.sold, words.redeemed],
          shown: rows.map(({ name, sold, redeemed }) => [name, money(sold), money(redeemed)]),
          rows: rows.map(({ name, sold, redeemed }) => [name, lengthOf(sold), lengthOf(redeemed)]),
        }}
        option={{
          ...base,
          tooltip: {
            trigger: 'axis',
            confine: true,
            axisPointer: { type: 'shadow' },
            valueFormatter: (_value: unknown, index: number) => {
              const row = drawn[index];
              return row ? `${money(row.sold)} / ${money(row.redeemed)}` : '';
            },
          },
          xAxis: axis,
          yAxis: {
            type: 'category',
            inverse: true,
            data: drawn.map(({ name }) => name),
            axisLabel: { width: 110, overflow: 'truncate', color: colours.ink },
          },
          series: named.map(([name, field, color]) => ({
            name,
            color,
            type: 'bar',
            barMaxWidth: 14,
            data: drawn.map((row) => lengthOf(row[field])),
          })),
        }}
      />
      {rows.length > storesMax ? <p className="soft small">{words.drawnOf(storesMax, rows.length)}</p> : null}
    </>
  );
}

/** How much lies on cards, by how long ago they were activated. */
export function AgeingChart({ rows: ages, currency }: Of<Ages>) {
  const words = useWords(homeWords);
  const { lengthOf, money, axis } = useDrawing(currency);
  const rows = ages.map((age) => ({ ...age, name: words.daysFrom(age.fromDays, age.toDays) }));
  return (
    <Chart
      label={words.ageing}
      filename="ageing"
      height={260}
      table={{
        titles: [words.age, words.balance, words.cards],
        shown: rows.map(({ name, balance, cards }) => [name, money(balance), String(cards)]),
        rows: rows.map(({ name, balance, cards }) => [name, lengthOf(balance), cards]),
      }}
      option={{
        grid: { ...base.grid, top: 12 },
        tooltip: {
          trigger: 'axis',
          confine: true,
          axisPointer: { type: 'shadow' },
          formatter: ([first]: readonly { readonly dataIndex: number }[]) => {
            const row = first && rows[first.dataIndex];
            return row ? `${row.name}<br><b>${money(row.balance)}</b> · ${words.cardsMany(row.cards)}` : '';
          },
        },
        xAxis: {
          type: 'category',
          data: rows.map(({ name }) => name),
          axisLabel: { color: colours.soft, hideOverlap: true },
        },
        yAxis: axis,
        series: [
          {
            name: words.balance,
            type: 'bar',
            color: series.outstanding,
            barMaxWidth: 48,
            data: rows.map(({ balance }) => lengthOf(balance)),
          },
        ],
      }}
    />
  );
}
