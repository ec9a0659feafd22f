import { Button } from 'antd';
import { BarChart, LineChart } from 'echarts/charts';
import { DataZoomComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, type EChartsType, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useWords } from '../../../ui/words.ts';
import type { Cell } from '../../kit/columns.tsx';
import { csvOf, saveFile } from '../../kit/export.ts';
import { WideTable } from '../../kit/WideTable.tsx';
import { homeWords } from '../words.ts';

use([BarChart, LineChart, DataZoomComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

export type ChartTable = {
  readonly titles: readonly string[];
  /** As people read it. */
  readonly shown: readonly (readonly string[])[];
  /** As a spreadsheet reckons with it. */
  readonly rows: readonly (readonly Cell[])[];
};

type Props = {
  readonly label: string;
  readonly filename: string;
  readonly height: number;
  readonly option: EChartsCoreOption;
  readonly table: ChartTable;
};

/** A drawing with the figures that it was made of: as a picture, as a file, and to be read. */
export function Chart({ label, filename, height, option, table }: Props) {
  const words = useWords(homeWords);
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  useEffect(() => {
    if (!place.current) return undefined;
    const made = init(place.current, null, { renderer: 'svg' });
    chart.current = made;
    const watcher = new ResizeObserver(() => made.resize());
    watcher.observe(place.current);
    return () => {
      watcher.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => chart.current?.setOption({ animationDuration: 200, ...option }, { notMerge: true }));
  return (
    <figure className="chart">
      <div ref={place} style={{ height }} role="img" aria-label={label} />
      <div className="chart-foot">
        <Button size="small" onClick={() => void savePng(place.current, `${filename}.png`)}>
          {words.savePng}
        </Button>
        <Button size="small" onClick={() => saveFile(csvOf(table.titles, table.rows), `${filename}.csv`)}>
          {words.saveCsv}
        </Button>
      </div>
      <details className="chart-table">
        <summary>{words.table}</summary>
        <WideTable>
          <FigureTable label={label} table={table} />
        </WideTable>
      </details>
    </figure>
  );
}

function FigureTable({ label, table }: Pick<Props, 'label' | 'table'>) {
  return (
    <table className="diff">
      <caption className="unseen">{label}</caption>
      <thead>
        <tr>
          {table.titles.map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.shown.map(([head = '', ...rest], line) => (
          <tr key={`${head} ${String(line)}`}>
            <th scope="row">{head}</th>
            {rest.map((text, column) => (
              <td key={table.titles[column + 1]} className="money">
                {text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const pixelsPerPoint = 2;

/** Draws the chart's SVG into a picture. */
async function savePng(place: HTMLDivElement | null, filename: string): Promise<void> {
  const drawing = place?.querySelector('svg');
  if (!place || !drawing) return;
  const text = new XMLSerializer().serializeToString(drawing);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = place.clientWidth * pixelsPerPoint;
  canvas.height = place.clientHeight * pixelsPerPoint;
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => blob && saveFile(blob, filename), 'image/png');
}
