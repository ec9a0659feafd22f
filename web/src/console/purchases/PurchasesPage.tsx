import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ItemOf } from '../../api/client.ts';
import { useTenderName } from '../../ui/cards/tenders.ts';
import { heldWords, tenderWords } from '../../ui/cards/words.ts';
import { useWords } from '../../ui/words.ts';
import { ChoiceFilter } from '../kit/ChoiceFilter.tsx';
import { type Column, momentColumn, moneyColumn, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { MemberName } from '../kit/members.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { useStoreName } from '../kit/names.ts';
import { Page } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { WhenAndWhere } from '../records/Filters.tsx';
import { purchaseWords } from './words.ts';

type Purchase = ItemOf<'GET /v1/purchases'>;
const states = ['whole', 'partly_refunded', 'refunded'] as const;
const marks = { whole: 'good', partly_refunded: 'look', refunded: 'stop' } as const;
const filterNames = ['from', 'to', 'storeId', 'memberId', 'tender', 'reference', 'state'] as const;

/** What was sold at the counters. */
export function PurchasesPage() {
  const words = useWords(purchaseWords);
  const navigate = useNavigate();
  const { values, set } = useFilters(filterNames);
  const state = states.find((one) => one === values.state);
  return (
    <Guarded by="checkout.read">
      <Page title={words.title} lead={words.lead}>
        <ListTable
          name="GET /v1/purchases"
          parts={{ query: { ...values, state } }}
          columns={useColumns()}
          rowKey={({ id }) => id}
          filename="purchases"
          filters={<Filters values={values} set={set} />}
          empty={<Nothing text={words.nothing} />}
          onOpen={({ id }) => void navigate({ to: '/purchases/$id', params: { id } })}
        />
      </Page>
    </Guarded>
  );
}

function useColumns(): readonly Column<Purchase>[] {
  const words = useWords(purchaseWords);
  const storeName = useStoreName();
  const tenderName = useTenderName();
  const currencyOf = ({ currency }: Purchase) => currency;
  return [
    momentColumn({ key: 'when', title: words.when }, ({ createdAt }) => createdAt),
    moneyColumn({ key: 'due', title: words.due }, ({ due }) => due, currencyOf),
    textColumn({ key: 'reference', title: words.reference }, ({ reference }) => reference),
    {
      key: 'member',
      title: words.member,
      show: ({ memberId }) =>
        memberId === null ? <span className="none">{words.nobody}</span> : <MemberName id={memberId} />,
      cell: ({ memberId }) => memberId,
    },
    textColumn({ key: 'tenders', title: words.tender }, ({ tenders }) =>
      [...new Set(tenders.map(({ tender }) => tenderName(tender)))].join(' · '),
    ),
    moneyColumn(
      { key: 'returned', title: words.returned },
      ({ returned, state }) => (state === 'whole' ? null : returned),
      currencyOf,
    ),
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => <span className={`mark ${marks[state]}`}>{words[state]}</span>,
      cell: ({ state }) => words[state],
    },
    textColumn({ key: 'store', title: words.store }, ({ storeId }) => storeName(storeId)),
  ];
}

type Values = { readonly [N in (typeof filterNames)[number]]?: string };
type FilterProps = {
  readonly values: Values;
  readonly set: (changes: { readonly [N in keyof Values]?: string | undefined }) => void;
};

function Filters({ values, set }: FilterProps) {
  const words = useWords(purchaseWords);
  const tenderName = useTenderName();
  const tenders = [...Object.keys(heldWords.zh), ...Object.keys(tenderWords.zh)];
  return (
    <>
      <WhenAndWhere values={values} set={set} />
      <ChoiceFilter
        label={words.tender}
        any={words.everyTender}
        value={values.tender}
        options={tenders.map((value) => ({ value, label: tenderName(value) }))}
        onChoose={(tender) => set({ tender })}
      />
      <ChoiceFilter
        label={words.state}
        any={words.anyState}
        value={values.state}
        options={states.map((value) => ({ value, label: words[value] }))}
        onChoose={(state) => set({ state })}
      />
      {values.memberId === undefined ? null : (
        <Button onClick={() => set({ memberId: undefined })}>{words.onlyMember} ×</Button>
      )}
    </>
  );
}
