import { useNavigate } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { cardStateWords } from '../../ui/cards/words.ts';
import { useWords } from '../../ui/words.ts';
import { type Column, LastDay, momentColumn, moneyColumn, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { useProgramName, useStoreName } from '../kit/names.ts';
import { Page } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { kitWords } from '../words.ts';
import { BulkBar } from './BulkBar.tsx';
import { CardState } from './CardState.tsx';
import { SavedViews } from './SavedViews.tsx';
import { cardWords } from './words.ts';

type Card = ItemOf<'GET /v1/cards'>;
type State = Card['state'];
const filterNames = ['serial', 'state', 'batchId', 'holder'] as const;

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
  const { values, set } = useFilters(filterNames);
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<readonly Card[]>([]);
  const isFiltered = Object.keys(values).length > 0;
  const state = stateOf(values.state);
  return (
    <>
      <ListTable
        name="GET /v1/cards"
        parts={{ query: { serial: values.serial, state, batchId: values.batchId, holder: values.holder } }}
        columns={useCardColumns()}
        rowKey={({ id }) => id}
        filename="cards"
        filters={<CardFilters values={values} set={set} />}
        empty={isFiltered ? <Nothing text={kit.nothingFound} /> : <Nothing text={words.nothing} />}
        onOpen={({ id }) => void navigate({ to: '/cards/$id', params: { id } })}
        selection={{ keys: chosen.map(({ id }) => id), choose: setChosen }}
      />
      {chosen.length > 0 ? <BulkBar cards={chosen} onDone={() => setChosen([])} /> : null}
    </>
  );
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

type Filters = ReturnType<typeof useFilters<(typeof filterNames)[number]>>;

function CardFilters({ values, set }: Filters) {
  const words = useWords(cardWords);
  const states = useWords(cardStateWords);
  return (
    <>
      <Input.Search
        key={`serial ${values.serial}`}
        className="filter"
        placeholder={words.serial}
        aria-label={words.serial}
        inputMode="numeric"
        defaultValue={values.serial}
        allowClear
        onSearch={(text) => set({ serial: text.replaceAll(/\D/g, '').slice(0, 15) })}
      />
      <Select
        className="filter"
        aria-label={words.state}
        value={values.state ?? ''}
        onChange={(state) => set({ state })}
        options={[
          { value: '', label: words.anyState },
          ...Object.entries(states).map(([value, label]) => ({ value, label })),
        ]}
      />
      <Input.Search
        key={`holder ${values.holder}`}
        className="filter"
        placeholder={words.holder}
        aria-label={words.holder}
        defaultValue={values.holder}
        allowClear
        onSearch={(holder) => set({ holder })}
      />
      {values.batchId === undefined ? null : (
        <Button onClick={() => set({ batchId: undefined })}>
          {words.batch} …{values.batchId.slice(-6)} ×
        </Button>
      )}
      <SavedViews values={values} />
    </>
  );
}
