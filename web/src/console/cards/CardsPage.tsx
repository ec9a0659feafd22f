import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { Ask, ItemOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { cardStateWords } from '../../ui/cards/words.ts';
import { parseMoney } from '../../ui/money.ts';
import { useMay, useSession } from '../../ui/session.ts';
import { dayStart } from '../../ui/time.ts';
import { useWords } from '../../ui/words.ts';
import { type Column, LastDay, momentColumn, moneyColumn, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { useProgramName, useStoreName } from '../kit/names.ts';
import { Page } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { kitWords } from '../words.ts';
import { BulkDialog } from './BulkDialog.tsx';
import { CardFilters } from './CardFilters.tsx';
import { CardState } from './CardState.tsx';
import { type CardFilterValues, cardFilters } from './filters.ts';
import { SavedViews } from './SavedViews.tsx';
import { cardWords } from './words.ts';

type Card = ItemOf<'GET /v1/cards'>;
type State = Card['state'];

export function CardsPage() {
  const words = useWords(cardWords);
  return (
    <Guarded by="cards.read">
      <Page title={words.title} lead={words.lead}>
        <CardList />
      </Page>
    </Guarded>
  );
}

function CardList() {
  const words = useWords(cardWords);
  const kit = useWords(kitWords);
  const { values, set } = useFilters(cardFilters);
  const navigate = useNavigate();
  const [isActing, setActing] = useState(false);
  const query = useCardQuery(values);
  const isFiltered = Object.keys(values).length > 0;
  const mayAct = useMay('cards.bulk');
  return (
    <>
      <ListTable
        name="GET /v1/cards"
        parts={{ query: { ...query, sort: sorts.find((sort) => sort === values.sort) } }}
        columns={useCardColumns()}
        rowKey={({ id }) => id}
        filename="cards"
        filters={
          <>
            <CardFilters values={values} set={set} />
            <SavedViews values={values} />
            {isFiltered ? <FoundCount query={query} /> : null}
            {isFiltered && mayAct ? <Button onClick={() => setActing(true)}>{words.bulkOpen}</Button> : null}
          </>
        }
        empty={isFiltered ? <Nothing text={kit.nothingFound} /> : <Nothing text={words.nothing} />}
        onOpen={({ id }) => void navigate({ to: '/cards/$id', params: { id } })}
      />
      {isActing ? <BulkDialog query={query} onClose={() => setActing(false)} /> : null}
    </>
  );
}

const sorts = [
  'serial',
  'balance',
  'activatedAt',
  'validUntil',
  '-serial',
  '-balance',
  '-activatedAt',
] as const;
type Query = NonNullable<Ask<'GET /v1/cards/count'>['query']>;

/** The filter of an address as the API takes it: amounts in minor units, days as moments on the merchant's calendar. */
function useCardQuery(values: CardFilterValues): Query {
  const { currency, timezone } = useSession().merchant;
  const {
    balanceMin,
    balanceMax,
    activatedFrom,
    activatedTo,
    validFrom,
    validTo,
    sort: _sort,
    ...rest
  } = values;
  const amount = (text: string | undefined) => (text === undefined ? undefined : parseMoney(text, currency));
  return {
    ...rest,
    state: stateOf(values.state),
    balanceMin: amount(balanceMin),
    balanceMax: amount(balanceMax),
    activatedFrom: dayStart(activatedFrom, timezone),
    activatedTo: dayStart(activatedTo, timezone, 1),
    validFrom: dayStart(validFrom, timezone),
    validTo: dayStart(validTo, timezone, 1),
  };
}

function FoundCount({ query }: { readonly query: Query }) {
  const words = useWords(cardWords);
  const { data } = useAsk('GET /v1/cards/count', { query });
  return data ? (
    <span className="soft" role="status">
      {words.found(data.count, data.exact)}
    </span>
  ) : null;
}

function stateOf(text: string | undefined): State | undefined {
  const known: Readonly<Record<string, string>> = cardStateWords.en;
  return text !== undefined && Object.hasOwn(known, text) ? (text as State) : undefined;
}

function useCardColumns(): readonly Column<Card>[] {
  const words = useWords(cardWords);
  const states = useWords(cardStateWords);
  const programName = useProgramName();
  const storeName = useStoreName();
  return [
    {
      key: 'serial',
      title: words.serial,
      show: ({ serial, maskedCode }) => (
        <span className="mono">
          {serial} <span className="soft">…{maskedCode.slice(-4)}</span>
        </span>
      ),
      cell: ({ serial }) => serial,
    },
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => <CardState state={state} />,
      cell: ({ state }) => states[state],
    },
    textColumn({ key: 'program', title: words.program }, ({ programId }) => programName(programId)),
    moneyColumn(
      { key: 'faceValue', title: words.faceValue },
      ({ faceValue }) => faceValue,
      ({ currency }) => currency,
    ),
    moneyColumn(
      { key: 'balance', title: words.balance },
      ({ balance }) => balance,
      ({ currency }) => currency,
    ),
    {
      key: 'valid',
      title: words.validThrough,
      show: ({ validUntil, activatedAt }) =>
        validUntil === null ? (
          <span className="soft">{activatedAt === null ? '–' : words.forever}</span>
        ) : (
          <LastDay before={validUntil} />
        ),
      cell: ({ validUntil }) => validUntil,
    },
    textColumn({ key: 'soldAt', title: words.soldAt }, ({ soldStoreId }) =>
      soldStoreId === null ? null : storeName(soldStoreId),
    ),
    momentColumn({ key: 'activatedAt', title: words.activatedAt }, ({ activatedAt }) => activatedAt),
  ];
}
