import type { AnswerOf } from '../../../api/client.ts';
import { useWords } from '../../../ui/words.ts';
import { homeWords } from '../words.ts';
import { Chart } from './Chart.tsx';
import { base, colours, series, useDrawing } from './drawing.ts';

type Points = AnswerOf<'GET /v1/reports/outstanding'>['points'];
type Stores = AnswerOf<'GET /v1/reports/stores'>['stores'];
type Ages = AnswerOf<'GET /v1/reports/ageing'>['ages'];
type Of<Rows> = { readonly rows: Rows; readonly currency: string };

const rowHeight = 56;
/** From so many points on, the range can be narrowed by hand. */
const zoomFrom = 31;

/** What was outstanding at the end of each day, over what was sold and redeemed in it. */
export function OutstandingChart({ rows: points, currency }: Of<Points>) {
  const words = useWords(homeWords);
  const { lengthOf, money, axis } = useDrawing(currency);
  const texts = (point: Points[number]) => [point.outstanding, point.sold, point.redeemed].map(money);
  const named = [
    [words.outstanding, 'outstanding', series.outstanding],
    [words.sold, 'sold', series.sold],
    [words.redeemed, 'redeemed', series.redeemed],
  ] as const;
  const isLong = points.length >= zoomFrom;
  return (
    <Chart
      label={words.overTime}
      filename="outstanding"
      height={isLong ? 340 : 300}
      table={{
        titles: [words.day, words.outstanding, words.sold, words.redeemed],
        shown: points.map((point) => [point.day, ...texts(point)]),
        rows: points.map((point) => [
          point.day,
          ...[point.outstanding, point.sold, point.redeemed].map(lengthOf),
        ]),
      }}
      option={{
        ...base,
        grid: { ...base.grid, bottom: isLong ? 48 : 8 },
        tooltip: {
          trigger: 'axis',
          confine: true,
          formatter: ([first]: readonly { readonly dataIndex: number }[]) => {
            const point = first && points[first.dataIndex];
            if (!point) return '';
            const lines = named.map(([name], place) => `${name} <b>${texts(point)[place] ?? ''}</b>`);
            return [point.day, ...lines].join('<br>');
          },
        },
        xAxis: {
          type: 'category',
          data: points.map(({ day }) => day.slice(5)),
          axisLabel: { color: colours.soft, hideOverlap: true },
        },
        yAxis: axis,
        ...(isLong ? { dataZoom: [{ type: 'slider', height: 22, bottom: 8 }] } : {}),
        series: named.map(([name, field, color]) => ({
          name,
          color,
          type: field === 'outstanding' ? 'line' : 'bar',
          barMaxWidth: 12,
          symbol: 'circle',
          showSymbol: points.length < zoomFrom,
          lineStyle: { width: 2.5 },
          data: points.map((point) => lengthOf(point[field])),
        })),
      }}
    />
  );
}

/** What each store sold beside what it redeemed. */
export function StoresChart({ rows: stores, currency }: Of<Stores>) {
  const words = useWords(homeWords);
  const { lengthOf, money, axis } = useDrawing(currency);
  const rows = stores.map((store) => ({ ...store, name: store.name ?? words.online }));
  const named = [
    [words.sold, 'sold', series.outstanding],
    [words.redeemed, 'redeemed', series.redeemed],
  ] as const;
  return (
    <Chart
      label={words.byStore}
      filename="sold-and-redeemed"
      height={60 + rows.length * rowHeight}
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
            const row = rows[index];
            return row ? `${money(row.sold)} / ${money(row.redeemed)}` : '';
          },
        },
        xAxis: axis,
        yAxis: {
          type: 'category',
          inverse: true,
          data: rows.map(({ name }) => name),
          axisLabel: { width: 110, overflow: 'truncate', color: colours.ink },
        },
        series: named.map(([name, field, color]) => ({
          name,
          color,
          type: 'bar',
          barMaxWidth: 14,
          data: rows.map((row) => lengthOf(row[field])),
        })),
      }}
    />
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
