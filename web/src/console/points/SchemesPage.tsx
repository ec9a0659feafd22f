import { Link } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { useAsk } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { type Column, Moment, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Failed, Guarded, Nothing } from '../kit/Notes.tsx';
import { Page, Panel } from '../kit/Page.tsx';
import { PointsOutstanding } from './outstanding/PointsOutstanding.tsx';
import { SchemeFacts } from './SchemeFacts.tsx';
import { type Scheme, schemeAt } from './terms.ts';
import { pointWords } from './words.ts';

const lookedAt = 200;

/** By which rules points are earned, lapse and are spent: now, before, and from a later day on. */
export function SchemesPage() {
  return (
    <Guarded by="points.read">
      <Schemes />
    </Guarded>
  );
}

function Schemes() {
  const words = useWords(pointWords);
  const may = useMay('points.rules');
  const { data, error, refetch } = useAsk('GET /v1/points-schemes', { query: { limit: lookedAt } });
  const current = schemeAt(data?.items ?? [], Date.now());
  const columns = useSchemeColumns(current, may);
  const add = may ? (
    <Link to="/points/new" search={current ? { copy: String(current.number) } : {}}>
      <Button type="primary">{words.add}</Button>
    </Link>
  ) : null;
  return (
    <Page title={words.title} lead={words.lead} actions={add}>
      <Panel title={current ? `${words.current} · ${words.number(current.number)}` : words.current}>
        {error && !data ? <Failed error={error} again={() => void refetch()} /> : null}
        {data || error ? null : <Skeleton active />}
        {current ? <SchemeFacts scheme={current} /> : null}
        {data && !current ? <Nothing text={words.none} action={add} /> : null}
      </Panel>
      <PointsOutstanding />
      {data && data.items.length > 0 ? (
        <>
          <div className="page-head second">
            <h2>{words.versions}</h2>
          </div>
          <ListTable
            name="GET /v1/points-schemes"
            parts={{}}
            columns={columns}
            rowKey={({ id }) => id}
            filename="points-rules"
          />
        </>
      ) : null}
    </Page>
  );
}

function useSchemeColumns(current: Scheme | undefined, may: boolean): readonly Column<Scheme>[] {
  const words = useWords(pointWords);
  const standingOf = ({ id, validFrom }: Scheme) => {
    if (id === current?.id) return 'holds' as const;
    return Date.parse(validFrom) > Date.now() ? ('planned' as const) : ('past' as const);
  };
  const tones = { holds: 'mark good', planned: 'mark look', past: 'mark' };
  return [
    textColumn({ key: 'version', title: words.version }, ({ number }) => words.number(number)),
    {
      key: 'from',
      title: words.validFrom,
      show: ({ validFrom }) => <Moment at={validFrom} />,
      cell: ({ validFrom }) => validFrom,
    },
    textColumn({ key: 'note', title: words.note }, ({ note }) => note),
    {
      key: 'state',
      title: words.state,
      show: (scheme) => <span className={tones[standingOf(scheme)]}>{words[standingOf(scheme)]}</span>,
      cell: (scheme) => words[standingOf(scheme)],
    },
    {
      key: 'verbs',
      title: '',
      show: ({ number }) =>
        may ? (
          <Link to="/points/new" search={{ copy: String(number) }}>
            <Button type="link" size="small">
              {words.copy}
            </Button>
          </Link>
        ) : null,
      cell: () => null,
    },
  ];
}
