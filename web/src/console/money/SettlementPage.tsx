import { Button, Input, Select, Skeleton, Table } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { drawnNumber, formatMoney } from '../../ui/money.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { Money } from '../kit/columns.tsx';
import { csvOf, saveFile } from '../kit/export.ts';
import { Failed, Guarded, Nothing } from '../kit/Notes.tsx';
import { useStoreAt, useStoreName, useStores } from '../kit/names.ts';
import { Page, Panel } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { WideTable } from '../kit/WideTable.tsx';
import { kitWords } from '../words.ts';
import { settlementWords } from './words.ts';

type Settlement = AnswerOf<'GET /v1/stores/{id}/settlement'>;
type Position = Settlement['counterparts'][number];

export function SettlementPage() {
  const words = useWords(settlementWords);
  return (
    <Guarded by="settlement.read">
      <Page title={words.title} lead={words.lead}>
        <SettlementOfStore />
      </Page>
    </Guarded>
  );
}

function SettlementOfStore() {
  const words = useWords(settlementWords);
  const stores = useStores();
  const { values, set } = useFilters(['store', 'from', 'to']);
  const store = useStoreAt(values.store);
  return (
    <>
      <div className="list-bar alone">
        <div className="filters">
          <Select
            className="filter wide"
            aria-label={words.store}
            placeholder={words.chooseStore}
            value={store ?? null}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(chosen) => set({ store: chosen ?? undefined })}
            options={stores.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <label className="date-filter" htmlFor="settlement-from">
            {words.from}
            <Input
              id="settlement-from"
              type="date"
              value={values.from ?? ''}
              onChange={({ target }) => set({ from: target.value })}
            />
          </label>
          <label className="date-filter" htmlFor="settlement-to">
            {words.to}
            <Input
              id="settlement-to"
              type="date"
              value={values.to ?? ''}
              onChange={({ target }) => set({ to: target.value })}
            />
          </label>
        </div>
      </div>
      {store === undefined ? (
        <Panel>
          <Nothing text={words.choose} />
        </Panel>
      ) : (
        <Positions id={store} from={values.from} to={values.to} />
      )}
    </>
  );
}

type PositionsProps = {
  readonly id: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
};

function Positions({ id, from, to }: PositionsProps) {
  const words = useWords(settlementWords);
  const kit = useWords(kitWords);
  const storeName = useStoreName();
  const { data, error, refetch } = useAsk('GET /v1/stores/{id}/settlement', {
    params: { id },
    query: { from, to },
  });
  if (error) return <Failed error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  const nameOf = ({ storeId }: Position) => (storeId === null ? words.merchantItself : storeName(storeId));
  const amountText = (amount: number, currency: string) => drawnNumber(amount, currency);
  const exportRows = () =>
    data.counterparts.map((row) => [
      nameOf(row),
      amountText(row.owed, row.currency),
      amountText(row.owes, row.currency),
      amountText(row.net, row.currency),
    ]);
  const titles = [words.counterpart, words.owed, words.owes, words.net];
  const money = (title: string, amountOf: (row: Position) => number) => ({
    title,
    align: 'right' as const,
    render: (_: unknown, row: Position) => <Money amount={amountOf(row)} currency={row.currency} />,
  });
  return (
    <Panel
      flush
      title={storeName(id)}
      extra={
        <Button onClick={() => saveFile(csvOf(titles, exportRows()), 'settlement.csv')}>
          {kit.exportCsv}
        </Button>
      }
    >
      <NetLine totals={data.totals} />
      <WideTable>
        <Table
          size="small"
          rowKey={({ storeId, currency }) => `${storeId} ${currency}`}
          pagination={false}
          dataSource={data.counterparts}
          locale={{ emptyText: <Nothing text={words.nothing} /> }}
          columns={[
            { title: words.counterpart, render: (_: unknown, row: Position) => nameOf(row) },
            money(words.owed, ({ owed }) => owed),
            money(words.owes, ({ owes }) => owes),
            money(words.net, ({ net }) => net),
          ]}
          summary={() => data.totals.map((total) => <TotalRow key={total.currency} total={total} />)}
        />
      </WideTable>
    </Panel>
  );
}

function TotalRow({ total }: { readonly total: Settlement['totals'][number] }) {
  const words = useWords(settlementWords);
  const amounts = [total.owed, total.owes, total.net];
  return (
    <Table.Summary.Row>
      <Table.Summary.Cell index={0}>
        <strong>{words.total}</strong>
      </Table.Summary.Cell>
      {amounts.map((amount, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: three fixed columns.
        <Table.Summary.Cell key={place} index={place + 1} align="right">
          <strong>
            <Money amount={amount} currency={total.currency} />
          </strong>
        </Table.Summary.Cell>
      ))}
    </Table.Summary.Row>
  );
}

function NetLine({ totals }: { readonly totals: Settlement['totals'] }) {
  const words = useWords(settlementWords);
  const locale = localeOf(useLanguage());
  return totals.map(({ net, currency }) => (
    <p key={currency} className="net-line">
      {net === 0
        ? words.even
        : net > 0
          ? words.receives(formatMoney(net, currency, locale))
          : words.pays(formatMoney(-net, currency, locale))}
    </p>
  ));
}
