import { Button } from 'antd';
import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { drawnNumber, formatMoney } from '../../ui/money.ts';
import { useSession } from '../../ui/session.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { csvOf, saveFile } from '../kit/export.ts';
import { useStoreName } from '../kit/names.ts';
import type { StoreFigures } from './figures.ts';
import { homeWords } from './words.ts';

use([BarChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

const colours = ['#0a6b4d', '#c98a1b'];
const rowHeight = 56;

/** What each store sold beside what it redeemed. */
export function StoreChart({ stores }: { readonly stores: readonly StoreFigures[] }) {
  const words = useWords(homeWords);
  const locale = localeOf(useLanguage());
  const storeName = useStoreName();
  const { currency } = useSession().merchant;
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  // A length on the screen, not an amount: its text is made of the amount itself.
  const lengthOf = (amount: number) => drawnNumber(amount, currency);
  const money = (amount: number) => formatMoney(amount, currency, locale);
  const rows = stores.map((store) => ({ ...store, name: storeName(store.storeId) }));
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
  useEffect(() => {
    chart.current?.setOption({
      color: colours,
      animationDuration: 200,
      grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12 },
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        valueFormatter: (_value: unknown, index: number) => {
          const row = rows[index];
          return row ? `${money(row.sold)} / ${money(row.redeemed)}` : '';
        },
      },
      xAxis: { type: 'value', splitLine: { lineStyle: { color: '#e4eae7' } } },
      yAxis: {
        type: 'category',
        inverse: true,
        data: rows.map(({ name }) => name),
        axisLabel: { width: 130, overflow: 'truncate', color: '#16211d' },
      },
      series: [
        { name: words.sold, type: 'bar', barMaxWidth: 14, data: rows.map(({ sold }) => lengthOf(sold)) },
        {
          name: words.redeemed,
          type: 'bar',
          barMaxWidth: 14,
          data: rows.map(({ redeemed }) => lengthOf(redeemed)),
        },
      ],
    });
  });
  const saveCsv = () => {
    const lines = rows.map(({ name, sold, redeemed }) => [name, lengthOf(sold), lengthOf(redeemed)]);
    saveFile(csvOf([words.store, words.sold, words.redeemed], lines), 'sold-and-redeemed.csv');
  };
  return (
    <figure className="chart">
      <div ref={place} style={{ height: 60 + rows.length * rowHeight }} role="img" aria-label={words.chart} />
      <div className="unseen">
        <table>
          <caption>{words.chart}</caption>
          <tbody>
            {rows.map(({ storeId, name, sold, redeemed }) => (
              <tr key={storeId}>
                <th scope="row">{name}</th>
                <td>{money(sold)}</td>
                <td>{money(redeemed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="chart-foot">
        <Button size="small" onClick={() => void savePng(place.current, 'sold-and-redeemed.png')}>
          {words.savePng}
        </Button>
        <Button size="small" onClick={saveCsv}>
          {words.saveCsv}
        </Button>
      </div>
    </figure>
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
