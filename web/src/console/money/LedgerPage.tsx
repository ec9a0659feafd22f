import { Link } from '@tanstack/react-router';
import { Button, Skeleton, Table } from 'antd';
import type { AnswerOf, ItemOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { useTenderName } from '../../ui/cards/tenders.ts';
import { useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ChoiceFilter } from '../kit/ChoiceFilter.tsx';
import { type Column, Money, moneyColumn, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { MemberName } from '../kit/members.tsx';
import { Failed, Guarded } from '../kit/Notes.tsx';
import { useStoreName } from '../kit/names.ts';
import { Page, Panel } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { WideTable } from '../kit/WideTable.tsx';
import { assetWords, ledgerWords, lotWords, purposeWords } from './words.ts';

type Account = ItemOf<'GET /v1/ledger/accounts'>;
type Assets = AnswerOf<'GET /v1/ledger/trial-balance'>['assets'];

export function LedgerPage() {
  const words = useWords(ledgerWords);
  return (
    <Guarded by="ledger.read">
      <Page title={words.title} lead={words.lead}>
        <TrialBalance />
        <Accounts />
      </Page>
    </Guarded>
  );
}

function TrialBalance() {
  const words = useWords(ledgerWords);
  const assets: Readonly<Record<string, string>> = useWords(assetWords);
  const { data, error, refetch } = useAsk('GET /v1/ledger/trial-balance', {});
  if (error) return <Failed error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 2 }} />;
  const money = (title: string, amountOf: (row: Assets[number]) => number) => ({
    title,
    align: 'right' as const,
    render: (_: unknown, row: Assets[number]) => <Money amount={amountOf(row)} currency={row.asset} />,
  });
  return (
    <Panel
      flush
      title={data.balanced ? words.balanced : words.unbalanced}
      extra={<span className={`mark ${data.balanced ? 'good' : 'stop'}`}>{data.balanced ? '✓' : '!'}</span>}
    >
      <WideTable>
        <Table
          size="small"
          rowKey="asset"
          pagination={false}
          dataSource={data.assets}
          columns={[
            { title: words.asset, render: (_: unknown, { asset }: Assets[number]) => assets[asset] ?? asset },
            money(words.debits, ({ debits }) => debits),
            money(words.credits, ({ credits }) => credits),
            money(words.difference, ({ difference }) => difference),
          ]}
        />
      </WideTable>
    </Panel>
  );
}

function Accounts() {
  const words = useWords(ledgerWords);
  const purposes = useWords(purposeWords);
  const { values, set } = useFilters(['purpose', 'ownerId']);
  return (
    <>
      <h2 className="between">{words.accounts}</h2>
      <p className="soft small under">{words.sign}</p>
      <ListTable
        name="GET /v1/ledger/accounts"
        parts={{ query: values }}
        columns={useAccountColumns()}
        rowKey={({ id }) => id}
        filename="accounts"
        filters={
          <>
            <ChoiceFilter
              label={words.purpose}
              any={words.anyPurpose}
              value={values.purpose}
              options={Object.entries(purposes).map(([value, label]) => ({ value, label }))}
              onChoose={(purpose) => set({ purpose })}
            />
            {values.ownerId === undefined ? null : (
              <Button onClick={() => set({ ownerId: undefined })}>
                {words.ofOwner(`…${values.ownerId.slice(-6)}`)} ×
              </Button>
            )}
          </>
        }
      />
    </>
  );
}

function useAccountColumns(): readonly Column<Account>[] {
  const words = useWords(ledgerWords);
  const purposes: Readonly<Record<string, string>> = useWords(purposeWords);
  const tenderName = useTenderName();
  const lots: Readonly<Record<string, string>> = useWords(lotWords);
  const storeName = useStoreName();
  const { merchant } = useSession();
  const ownerText = (id: string) => {
    if (id === merchant.id) return words.merchantItself;
    return id.startsWith('store_') ? storeName(id) : `…${id.slice(-6)}`;
  };
  const detailText = ({ purpose, detail }: Account) => {
    if (purpose === 'tender') return tenderName(detail);
    // Of a lot, what it is made of; behind that stand inside ids, which say nothing to people.
    return purpose === 'card' || purpose === 'wallet' ? (lots[detail.split('|')[0] ?? ''] ?? null) : null;
  };
  return [
    {
      key: 'id',
      title: words.account,
      show: ({ id }) => <span className="mono">…{id.slice(-8)}</span>,
      cell: ({ id }) => id,
    },
    textColumn({ key: 'purpose', title: words.purpose }, ({ purpose }) => purposes[purpose] ?? purpose),
    {
      key: 'owner',
      title: words.owner,
      show: ({ ownerId }) =>
        ownerId.startsWith('card_') ? (
          <Link to="/cards/$id" params={{ id: ownerId }} className="mono">
            …{ownerId.slice(-6)}
          </Link>
        ) : ownerId.startsWith('mem_') ? (
          <MemberName id={ownerId} />
        ) : (
          ownerText(ownerId)
        ),
      cell: ({ ownerId }) => ownerText(ownerId),
    },
    textColumn({ key: 'detail', title: words.detail }, detailText),
    moneyColumn(
      { key: 'balance', title: words.balance },
      ({ balance }) => balance,
      ({ asset }) => asset,
    ),
    moneyColumn(
      { key: 'held', title: words.held },
      ({ held }) => held,
      ({ asset }) => asset,
    ),
    textColumn({ key: 'state', title: words.state }, ({ state }) => words[state]),
  ];
}
