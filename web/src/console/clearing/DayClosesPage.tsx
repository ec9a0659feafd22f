import { Button, Select, Skeleton } from 'antd';
import { useState } from 'react';
import type { AnswerOf, ItemOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useTenderName } from '../../ui/cards/tenders.ts';
import { decimalText, formatMoney, parseMoney } from '../../ui/money.ts';
import { useMay, useSession } from '../../ui/session.ts';
import { formatMoment } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { type Column, Money, momentColumn, textColumn } from '../kit/columns.tsx';
import { MoneyField, TextField } from '../kit/fields.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Failed, Guarded, Nothing } from '../kit/Notes.tsx';
import { useStoreAt, useStoreName, useStores } from '../kit/names.ts';
import { Page, Panel } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { kitWords } from '../words.ts';
import { dayWords } from './words.ts';

type OpenDay = AnswerOf<'GET /v1/stores/{id}/open-day'>;
type Close = ItemOf<'GET /v1/day-closes'>;

/** Ends of days: what a store took since the last one, and those that were. */
export function DayClosesPage() {
  return (
    <Guarded by="shifts.read">
      <DayCloses />
    </Guarded>
  );
}

function DayCloses() {
  const words = useWords(dayWords);
  const stores = useStores();
  const { values, set } = useFilters(['store']);
  const storeAt = useStoreAt(values.store);
  return (
    <Page title={words.title} lead={words.lead}>
      <div className="list-bar alone">
        <div className="filters">
          <Select
            className="filter wide"
            aria-label={words.store}
            placeholder={words.chooseStore}
            allowClear
            value={storeAt ?? null}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(store?: string | null) => set({ store: store ?? undefined })}
            options={stores.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </div>
      </div>
      {storeAt === undefined ? (
        <Panel>
          <Nothing text={words.choose} />
        </Panel>
      ) : (
        <OpenDayPanel storeId={storeAt} />
      )}
      <div className="page-head second">
        <h2>{words.closes}</h2>
      </div>
      <ListTable
        name="GET /v1/day-closes"
        parts={{ query: { storeId: storeAt } }}
        columns={useCloseColumns()}
        rowKey={({ id }) => id}
        filename="day-closes"
        empty={<Nothing text={words.nothing} />}
      />
    </Page>
  );
}

function OpenDayPanel({ storeId }: { readonly storeId: string }) {
  const words = useWords(dayWords);
  const locale = localeOf(useLanguage());
  const { timezone } = useSession().merchant;
  const may = useMay('shifts.correct');
  const tenderName = useTenderName();
  const storeName = useStoreName();
  const [isClosing, setClosing] = useState(false);
  const { data, error, refetch } = useAsk('GET /v1/stores/{id}/open-day', { params: { id: storeId } });
  if (!data) return error ? <Failed error={error} again={() => void refetch()} /> : <Skeleton active />;
  const { since, tenders } = data;
  const close =
    may && tenders.length > 0 ? (
      <Button type="primary" onClick={() => setClosing(true)}>
        {words.close}
      </Button>
    ) : null;
  return (
    <Panel title={`${storeName(storeId)} · ${words.openDay}`} extra={close}>
      <p className="soft small">
        {since === null ? words.sinceBeginning : words.since(formatMoment(since, locale, timezone))}
      </p>
      {tenders.length === 0 ? (
        <Nothing text={words.nothingTaken} />
      ) : (
        <ul className="lots">
          {tenders.map(({ tender, currency, taken }) => (
            <li key={`${tender} ${currency}`}>
              <span>{tenderName(tender)}</span>
              <Money amount={taken} currency={currency} />
            </li>
          ))}
        </ul>
      )}
      {isClosing ? <CloseDialog day={data} onClose={() => setClosing(false)} /> : null}
    </Panel>
  );
}

type Values = { readonly counted?: readonly (string | undefined)[]; readonly reason?: string };

function CloseDialog({ day, onClose }: { readonly day: OpenDay; readonly onClose: () => void }) {
  const words = useWords(dayWords);
  const kit = useWords(kitWords);
  const locale = localeOf(useLanguage());
  const tenderName = useTenderName();
  const close = useCommand('POST /v1/stores/{id}/day-closes');
  const { storeId, tenders } = day;
  return (
    <ActionDialog<Values, unknown>
      title={words.close}
      action={words.close}
      submit={({ counted = [], reason = '' }, idempotencyKey) => {
        const sums = tenders.flatMap(({ tender, currency }, place) => {
          const amount = parseMoney(counted[place] ?? '', currency);
          return amount === undefined ? [] : [{ tender, currency, amount }];
        });
        const body = { counted: sums, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) };
        return close.mutateAsync({ params: { id: storeId }, body, idempotencyKey });
      }}
      onClose={onClose}
    >
      <p className="soft under">{words.countWhy}</p>
      {tenders.map(({ tender, currency, taken }, place) => (
        <MoneyField
          key={`${tender} ${currency}`}
          name={['counted', place]}
          label={tenderName(tender)}
          currency={currency}
          hint={`${words.taken} ${formatMoney(taken, currency, locale)}`}
          optional
          orNothing
          signed
        />
      ))}
      <TextField name="reason" label={kit.reason} hint={words.reasonWhy} max={500} optional />
    </ActionDialog>
  );
}

function useCloseColumns(): readonly Column<Close>[] {
  const words = useWords(dayWords);
  const storeName = useStoreName();
  const tenderName = useTenderName();
  const textOf = ({ tenders }: Close) =>
    tenders
      .map(({ tender, taken, counted, currency }) => {
        const count = counted === null ? words.notCounted : decimalText(counted, currency);
        return `${tenderName(tender)} ${decimalText(taken, currency)} / ${count}`;
      })
      .join('; ');
  return [
    textColumn({ key: 'store', title: words.store }, ({ storeId }) => storeName(storeId)),
    textColumn({ key: 'number', title: words.number }, ({ number }) => String(number)),
    momentColumn({ key: 'closed', title: words.closedAt }, ({ closedAt }) => closedAt),
    {
      key: 'tenders',
      title: `${words.tender} · ${words.taken} / ${words.counted}`,
      show: (close) => <Counts close={close} />,
      cell: textOf,
    },
    textColumn({ key: 'reason', title: words.reason }, ({ reason }) => reason),
  ];
}

function Counts({ close: { tenders } }: { readonly close: Close }) {
  const words = useWords(dayWords);
  const tenderName = useTenderName();
  return tenders.map(({ tender, currency, taken, counted, difference }) => (
    <div key={`${tender} ${currency}`}>
      {tenderName(tender)} <Money amount={taken} currency={currency} /> /{' '}
      {counted === null ? (
        <span className="none">{words.notCounted}</span>
      ) : (
        <Money amount={counted} currency={currency} />
      )}
      {difference === null || difference === 0 ? null : (
        <>
          {' '}
          <span className="mark look">
            {words.difference} <Money amount={difference} currency={currency} />
          </span>
        </>
      )}
    </div>
  ));
}
