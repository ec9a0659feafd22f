import { useWords } from '../../../ui/words.ts';
import { homeWords } from '../words.ts';
import { Chart } from './Chart.tsx';
import { base, colours } from './drawing.ts';

/** One of the things that a drawing shows over time. */
export type Line<Point> = {
  readonly name: string;
  readonly kind: 'line' | 'bar';
  readonly color: string;
  readonly of: (point: Point) => number;
};

type Props<Point> = {
  readonly label: string;
  readonly filename: string;
  readonly points: readonly Point[];
  readonly lines: readonly Line<Point>[];
  readonly axis: object;
  /** As people read a figure. */
  readonly text: (figure: number) => string;
  /** How long it is on the screen, and what a spreadsheet reckons with. */
  readonly lengthOf: (figure: number) => number;
};

/** From so many points on, the range can be narrowed by hand. */
const zoomFrom = 31;

/** Figures of each day, week or month: what stood at its end as a line, what happened in it as bars. */
export function OverTime<Point extends { readonly day: string }>(props: Props<Point>) {
  const { label, filename, points, lines, axis, text, lengthOf } = props;
  const words = useWords(homeWords);
  const isLong = points.length >= zoomFrom;
  return (
    <Chart
      label={label}
      filename={filename}
      height={isLong ? 340 : 300}
      table={{
        titles: [words.day, ...lines.map(({ name }) => name)],
        shown: points.map((point) => [point.day, ...lines.map(({ of }) => text(of(point)))]),
        rows: points.map((point) => [point.day, ...lines.map(({ of }) => lengthOf(of(point)))]),
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
            return [point.day, ...lines.map(({ name, of }) => `${name} <b>${text(of(point))}</b>`)].join(
              '<br>',
            );
          },
        },
        xAxis: {
          type: 'category',
          data: points.map(({ day }) => day.slice(5)),
          axisLabel: { color: colours.soft, hideOverlap: true },
        },
        yAxis: axis,
        ...(isLong ? { dataZoom: [{ type: 'slider', height: 22, bottom: 8 }] } : {}),
        series: lines.map(({ name, kind, color, of }) => ({
          name,
          color,
          type: kind,
          barMaxWidth: 12,
          symbol: 'circle',
          showSymbol: points.length < zoomFrom,
          lineStyle: { width: 2.5 },
          data: points.map((point) => lengthOf(of(point))),
        })),
      }}
    />
  );
}
