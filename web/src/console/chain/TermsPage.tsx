import { Link } from '@tanstack/react-router';
import { Button, Select, Skeleton, Table } from 'antd';
import { useAsk } from '../../ui/asking.ts';
import { useTenderName } from '../../ui/cards/tenders.ts';
import { percentText } from '../../ui/percent.ts';
import { useMay, useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { Moment, Money } from '../kit/columns.tsx';
import { Failed, Guarded, Nothing } from '../kit/Notes.tsx';
import { Page, Panel } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { WideTable } from '../kit/WideTable.tsx';
import { useBearerName, useStoreOr } from './names.ts';
import { PartiesPanel } from './PartiesPanel.tsx';
import type { Terms } from './termsDraft.ts';
import { StandingMark, standingsOf } from './versions.tsx';
import { acceptanceWords, termWords } from './words.ts';

const versionsShown = 50;

/** What stores pay each other, as it holds now or in another version. */
export function TermsPage() {
  return (
    <Guarded by="settlement.read">
      <TermsShown />
    </Guarded>
  );
}

function TermsShown() {
  const words = useWords(termWords);
  const { data, error, refetch } = useAsk('GET /v1/settlement-terms', { query: { limit: versionsShown } });
  const edit = useMay('settlement.terms') ? (
    <Link to="/settlement-terms/edit">
      <Button type="primary">{words.edit}</Button>
    </Link>
  ) : null;
  return (
    <Page title={words.title} lead={words.lead} actions={edit}>
      {data ? (
        <Versions versions={data.items} />
      ) : error ? (
        <Failed error={error} again={() => void refetch()} />
      ) : (
        <Skeleton active />
      )}
      <PartiesPanel />
    </Page>
  );
}

function Versions({ versions }: { readonly versions: readonly Terms[] }) {
  const words = useWords(termWords);
  const said = useWords(acceptanceWords);
  const { values, set } = useFilters(['number']);
  const standings = standingsOf(versions);
  const holds = versions.find(({ number }) => standings.get(number) === 'inForce');
  const shown = versions.find(({ number }) => String(number) === values.number) ?? holds ?? versions[0];
  if (!shown)
    return (
      <Panel>
        <Nothing text={words.none} />
      </Panel>
    );
  return (
    <>
      <div className="list-bar alone">
        <div className="filters">
          <Select
            className="filter"
            aria-label={words.version}
            value={shown.number}
            onChange={(number) => set({ number: String(number) })}
            options={versions.map(({ number }) => ({ value: number, label: words.versionText(number) }))}
          />
          <StandingMark standing={standings.get(shown.number) ?? 'past'} />
          <span className="soft">
            {said.from} <Moment at={shown.validFrom} />
            {shown.note === null ? null : ` · ${shown.note}`}
          </span>
        </div>
      </div>
      <Ratios terms={shown} />
      <Bearing terms={shown} />
      <Commissions terms={shown} />
    </>
  );
}

type Props = { readonly terms: Terms };

function Ratios({ terms: { ratios } }: Props) {
  const words = useWords(termWords);
  const storeOr = useStoreOr();
  return (
    <Panel flush title={words.ratios}>
      <WideTable>
        <Table
          size="small"
          pagination={false}
          rowKey={({ sellerId, redeemerId }) => `${sellerId} ${redeemerId}`}
          dataSource={ratios}
          locale={{ emptyText: <Nothing text={words.noRatios} /> }}
          columns={[
            { title: words.redeemer, render: (_, { redeemerId }) => storeOr(redeemerId) },
            { title: words.seller, render: (_, { sellerId }) => storeOr(sellerId) },
            {
              title: words.principal,
              align: 'right',
              render: (_, { principalPpm }) => `${percentText(principalPpm)}%`,
            },
            { title: words.bonus, align: 'right', render: (_, { bonusPpm }) => `${percentText(bonusPpm)}%` },
          ]}
        />
      </WideTable>
      <p className="panel-note">{words.ratiosWhy}</p>
    </Panel>
  );
}

function Bearing({ terms: { bearing } }: Props) {
  const words = useWords(termWords);
  const bearerName = useBearerName();
  const lots = (['principal', 'bonus', 'compensation'] as const).map((lot) => ({
    lot,
    shares: bearing.find((one) => one.lot === lot)?.shares ?? [],
  }));
  return (
    <Panel title={words.bearing}>
      <ul className="lots">
        {lots.map(({ lot, shares }) => (
          <li key={lot}>
            <span>{words[lot]}</span>
            <span>
              {shares.length === 0 ? <span className="soft">{words.whole}</span> : null}
              {shares.map((share) => `${bearerName(share)} ${percentText(share.ppm)}%`).join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      <p className="soft small spaced">{words.bearingWhy}</p>
    </Panel>
  );
}

function Commissions({ terms: { commissions } }: Props) {
  const words = useWords(termWords);
  const { currency } = useSession().merchant;
  const storeOr = useStoreOr();
  const tenderName = useTenderName();
  const bound = (amount: number | null) =>
    amount === null ? <span className="none">–</span> : <Money amount={amount} currency={currency} />;
  return (
    <Panel flush title={words.commissions}>
      <WideTable>
        <Table
          size="small"
          pagination={false}
          rowKey={({ kind, storeId, tender }) => `${kind} ${storeId} ${tender}`}
          dataSource={commissions}
          locale={{ emptyText: <Nothing text={words.noCommissions} /> }}
          columns={[
            { title: words.kind, render: (_, { kind }) => words[kind] },
            { title: words.store, render: (_, { storeId }) => storeOr(storeId) },
            {
              title: words.tender,
              render: (_, { tender }) => (tender === null ? words.anyTender : tenderName(tender)),
            },
            { title: words.rate, align: 'right', render: (_, { ppm }) => `${percentText(ppm)}%` },
            { title: words.min, align: 'right', render: (_, { min }) => bound(min) },
            { title: words.max, align: 'right', render: (_, { max }) => bound(max) },
          ]}
        />
      </WideTable>
      <p className="panel-note">{words.commissionsWhy}</p>
    </Panel>
  );
}
