import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import { useAsk } from '../../../ui/asking.ts';
import { useMay, useSession } from '../../../ui/session.ts';
import { localeOf, useLanguage, useWords } from '../../../ui/words.ts';
import { Failed } from '../../kit/Notes.tsx';
import { Panel } from '../../kit/Page.tsx';
import { outstandingWords } from './words.ts';

const PointsChart = lazy(() =>
  import('./PointsCharts.tsx').then(({ PointsChart: component }) => ({ default: component })),
);

/** How many points members have and had, and how many lapse when: for who may see reports of the whole merchant. */
export function PointsOutstanding() {
  const may = useMay('reports.read');
  const { stores } = useSession();
  return may && stores === null ? <Charts /> : null;
}

function Charts() {
  const words = useWords(outstandingWords);
  const locale = localeOf(useLanguage());
  const { data, error, refetch } = useAsk('GET /v1/reports/points', {});
  if (error && !data) return <Failed error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  const { outstanding, monthEnds, expiring, ended, later, withoutEnd } = data;
  return (
    <>
      <div className="page-head second">
        <h2>{words.title}</h2>
        <span>
          <span className="soft">{words.now}</span> <strong>{outstanding.toLocaleString(locale)}</strong>
        </span>
      </div>
      <Suspense fallback={<Skeleton active />}>
        <div className="halves">
          <Panel title={words.overTime}>
            <p className="soft small">{words.overTimeWhy}</p>
            <PointsChart
              label={words.overTime}
              filename="points-outstanding"
              kind="line"
              months={[...monthEnds, { month: words.now, points: outstanding }]}
              besides={[]}
            />
          </Panel>
          <Panel title={words.coming}>
            <p className="soft small">
              {expiring.some(({ points }) => points > 0) ? words.comingWhy : words.noneComing}
            </p>
            <PointsChart
              label={words.coming}
              filename="points-lapsing"
              kind="bar"
              months={expiring}
              besides={[
                [words.ended, ended],
                [words.later, later],
                [words.withoutEnd, withoutEnd],
                [words.sum, outstanding],
              ]}
            />
          </Panel>
        </div>
      </Suspense>
    </>
  );
}
