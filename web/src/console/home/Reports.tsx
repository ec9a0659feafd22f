import { Select, Skeleton } from 'antd';
import { lazy, type ReactNode, Suspense } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { Failed, Nothing } from '../kit/Notes.tsx';
import { useStores } from '../kit/names.ts';
import { Panel } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { homeWords } from './words.ts';

const OutstandingChart = lazy(() =>
  import('./charts/Charts.tsx').then(({ OutstandingChart: component }) => ({ default: component })),
);
const StoresChart = lazy(() =>
  import('./charts/Charts.tsx').then(({ StoresChart: component }) => ({ default: component })),
);
const AgeingChart = lazy(() =>
  import('./charts/Charts.tsx').then(({ AgeingChart: component }) => ({ default: component })),
);

const ValueChart = lazy(() =>
  import('./charts/MemberCharts.tsx').then(({ ValueChart: component }) => ({ default: component })),
);
const MembersChart = lazy(() =>
  import('./charts/MemberCharts.tsx').then(({ MembersChart: component }) => ({ default: component })),
);

const ranges = [7, 30, 90, 365] as const;
const weeksFrom = 180;

/** The days of a range that ends on `day`, both included, as the server takes them: by the merchant's calendar. */
function rangeOf(day: string, days: number) {
  const from = new Date(`${day}T00:00:00Z`);
  from.setUTCDate(from.getUTCDate() - (days - 1));
  return { from: from.toISOString().slice(0, 10), to: day };
}

/** Charts that answer a question each; range and store are in the address. */
export function Reports({ day }: { readonly day: string }) {
  const words = useWords(homeWords);
  const { currency } = useSession().merchant;
  const { values } = useFilters(['days', 'store']);
  const days = ranges.find((range) => String(range) === values.days) ?? 30;
  const storeId = values.store;
  const query = { ...rangeOf(day, days), storeId };
  const by = days > weeksFrom ? ('week' as const) : ('day' as const);
  const outstanding = useAsk('GET /v1/reports/outstanding', { query: { ...query, by } });
  const stores = useAsk('GET /v1/reports/stores', { query });
  const value = useAsk('GET /v1/reports/stored-value', { query: { ...query, by } });
  const members = useAsk('GET /v1/reports/members', { query: { ...query, by } });
  const ageing = useAsk('GET /v1/reports/ageing', { query: { storeId } });
  const own = <Row extends { readonly currency: string }>(rows: readonly Row[] | undefined) =>
    rows?.filter((row) => row.currency === currency);
  return (
    <>
      <RangeBar days={String(days)} />
      <Panel title={words.overTime}>
        <p className="soft small">{words.overTimeWhy}</p>
        <Drawn asked={outstanding} rows={own(outstanding.data?.points)}>
          {(rows) => <OutstandingChart rows={rows} currency={currency} />}
        </Drawn>
      </Panel>
      <div className="halves">
        <Panel title={words.value}>
          <p className="soft small">{words.valueWhy}</p>
          <Drawn asked={value} rows={own(value.data?.points)}>
            {(rows) => <ValueChart rows={rows} currency={currency} />}
          </Drawn>
        </Panel>
        <Panel title={words.growth}>
          <p className="soft small">{words.growthWhy}</p>
          <Drawn asked={members} rows={anyOf(members.data?.points)}>
            {(rows) => <MembersChart rows={rows} />}
          </Drawn>
        </Panel>
      </div>
      <div className="halves">
        <Panel title={words.byStore}>
          <p className="soft small">{words.byStoreWhy}</p>
          <Drawn asked={stores} rows={own(stores.data?.stores)}>
            {(rows) => <StoresChart rows={rows} currency={currency} />}
          </Drawn>
        </Panel>
        <Panel title={words.ageing}>
          <p className="soft small">{words.ageingWhy}</p>
          <Drawn asked={ageing} rows={own(ageing.data?.ages)}>
            {(rows) => <AgeingChart rows={rows} currency={currency} />}
          </Drawn>
        </Panel>
      </div>
    </>
  );
}

type MemberPoints = AnswerOf<'GET /v1/reports/members'>['points'];

/** Points of a range in which there were members, or somebody came; else none, so that nothing is drawn. */
function anyOf(points: MemberPoints | undefined): MemberPoints | undefined {
  return points?.some(({ members, joined, visits }) => (members ?? 0) + joined + visits > 0) === false
    ? []
    : points;
}

type DrawnProps<Row> = {
  readonly asked: { readonly error: Error | null; readonly refetch: () => unknown };
  readonly rows: Row[] | undefined;
  readonly children: (rows: Row[]) => ReactNode;
};

function Drawn<Row>({ asked, rows, children }: DrawnProps<Row>) {
  const words = useWords(homeWords);
  if (rows === undefined)
    return asked.error ? <Failed error={asked.error} again={() => asked.refetch()} /> : <Skeleton active />;
  if (rows.length === 0) return <Nothing text={words.nothingYet} />;
  return <Suspense fallback={<Skeleton active />}>{children(rows)}</Suspense>;
}

function RangeBar({ days }: { readonly days: string }) {
  const words = useWords(homeWords);
  const stores = useStores();
  const { values, set } = useFilters(['days', 'store']);
  return (
    <div className="list-bar alone">
      <div className="filters">
        <Select
          className="filter"
          aria-label={words.range}
          value={days}
          onChange={(wanted) => set({ days: wanted })}
          options={ranges.map((range) => ({ value: String(range), label: words[`days${range}`] }))}
        />
        <Select
          className="filter"
          aria-label={words.store}
          value={values.store ?? ''}
          onChange={(store) => set({ store })}
          showSearch={{ optionFilterProp: 'label' }}
          options={[
            { value: '', label: words.everyStore },
            ...stores.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </div>
    </div>
  );
}
