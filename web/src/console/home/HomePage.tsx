import { Link } from '@tanstack/react-router';
import { Alert, Skeleton } from 'antd';
import { lazy, type ReactNode, Suspense } from 'react';
import { useAsk } from '../../ui/asking.ts';
import { tenderWords } from '../../ui/cards/words.ts';
import { useMay, useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { Money } from '../kit/columns.tsx';
import { Nothing } from '../kit/Notes.tsx';
import { Page, Panel } from '../kit/Page.tsx';
import { type Figures, useFigures } from './figures.ts';
import { homeWords } from './words.ts';

const StoreChart = lazy(() =>
  import('./StoreChart.tsx').then(({ StoreChart: component }) => ({ default: component })),
);

export function HomePage() {
  const words = useWords(homeWords);
  const { currency } = useSession().merchant;
  const figures = useFigures(currency);
  const mayBatches = useMay('batches.read');
  const mayLedger = useMay('ledger.read');
  return (
    <Page title={words.title}>
      {figures && !(figures.anySold && figures.anyRedeemed) ? (
        <Alert
          className="explain"
          type="info"
          showIcon
          title={<Link to="/first-steps">{words.toSteps}</Link>}
        />
      ) : null}
      <div className="tiles">
        {mayLedger ? (
          <MoneyTile label={words.sold} amount={figures?.sold} to="/ledger?purpose=tender" />
        ) : null}
        {mayLedger ? (
          <MoneyTile label={words.redeemed} amount={figures?.redeemed} to="/ledger?purpose=revenue" />
        ) : null}
        {mayLedger ? <BooksTile /> : null}
        {mayBatches ? <BatchTiles /> : null}
      </div>
      {mayLedger ? (
        <div className="columns">
          <Panel title={words.chart}>
            <p className="soft small">{words.chartWhy}</p>
            <ChartOf figures={figures} />
          </Panel>
          <Panel title={words.tenders}>
            <Tenders figures={figures} />
          </Panel>
        </div>
      ) : null}
    </Page>
  );
}

function Tile({
  label,
  note,
  to,
  children,
}: {
  readonly label: string;
  readonly note?: string;
  readonly to: string;
  readonly children: ReactNode;
}) {
  return (
    <Link to={to} className="tile">
      <span className="soft">{label}</span>
      <strong>{children}</strong>
      {note === undefined ? null : <span className="soft small">{note}</span>}
    </Link>
  );
}

function MoneyTile({
  label,
  amount,
  to,
}: {
  readonly label: string;
  readonly amount: number | undefined;
  readonly to: string;
}) {
  const words = useWords(homeWords);
  const { currency } = useSession().merchant;
  return (
    <Tile label={label} note={words.sinceOpening} to={to}>
      {amount === undefined ? '…' : <Money amount={amount} currency={currency} />}
    </Tile>
  );
}

function BooksTile() {
  const words = useWords(homeWords);
  const { data } = useAsk('GET /v1/ledger/trial-balance', {});
  return (
    <Tile label={words.books} to="/ledger">
      {data === undefined ? (
        '…'
      ) : data.balanced ? (
        words.balanced
      ) : (
        <span className="minus">{words.unbalanced}</span>
      )}
    </Tile>
  );
}

/** The newest batches come last in the list, and the few that wait are among the last two hundred. */
function BatchTiles() {
  const words = useWords(homeWords);
  const { data } = useAsk('GET /v1/card-batches', { query: { limit: 200 } });
  const batches = data?.items ?? [];
  const underWay = batches.filter(({ status }) => status === 'pending' || status === 'running').length;
  const unreleased = batches.filter(
    ({ status, releasedAt }) => status === 'ready' && releasedAt === null,
  ).length;
  const text = (count: number) => (data === undefined ? '…' : count === 0 ? words.none : count);
  return (
    <>
      <Tile label={words.underWay} to="/batches">
        {text(underWay)}
      </Tile>
      <Tile label={words.awaitingRelease} to="/batches">
        {text(unreleased)}
      </Tile>
    </>
  );
}

function ChartOf({ figures }: { readonly figures: Figures | undefined }) {
  const words = useWords(homeWords);
  if (figures === undefined) return <Skeleton active />;
  if (figures.stores.length === 0) return <Nothing text={words.nothingSold} />;
  return (
    <Suspense fallback={<Skeleton active />}>
      <StoreChart stores={figures.stores} />
    </Suspense>
  );
}

function Tenders({ figures }: { readonly figures: Figures | undefined }) {
  const words = useWords(homeWords);
  const names: Readonly<Record<string, string>> = useWords(tenderWords);
  const { currency } = useSession().merchant;
  if (figures === undefined) return <Skeleton active />;
  if (figures.tenders.length === 0) return <Nothing text={words.nothingSold} />;
  return (
    <ul className="lots">
      {figures.tenders.map(({ tender, amount }) => (
        <li key={tender}>
          <span>{names[tender] ?? tender}</span>
          <Money amount={amount} currency={currency} />
        </li>
      ))}
    </ul>
  );
}
