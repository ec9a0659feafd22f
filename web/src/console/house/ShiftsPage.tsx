import { Skeleton } from 'antd';
import { useState } from 'react';
import type { AnswerOf, ItemOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useTenderName } from '../../ui/cards/tenders.ts';
import { drawnNumber, parseMoney } from '../../ui/money.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { ChoiceFilter } from '../kit/ChoiceFilter.tsx';
import { type Column, Moment, Money, momentColumn, moneyColumn, textColumn } from '../kit/columns.tsx';
import { SidePanel } from '../kit/Dialog.tsx';
import { MoneyField, ReasonField } from '../kit/fields.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Failed, Guarded, Nothing } from '../kit/Notes.tsx';
import { useStoreName } from '../kit/names.ts';
import { OpensDialog } from '../kit/OpensDialog.tsx';
import { Facts, Page } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { shiftListWords } from './words.ts';

type Shift = ItemOf<'GET /v1/shifts'>;
type Report = AnswerOf<'GET /v1/shifts/{id}/report'>;
const states = ['open', 'counted', 'closed'] as const;

/** What the shifts at the counters took, and whether their cash was right. */
export function ShiftsPage() {
  const words = useWords(shiftListWords);
  const { values, set } = useFilters(['state']);
  const [open, setOpen] = useState<string>();
  const state = states.find((one) => one === values.state);
  const stateText = useStateText();
  return (
    <Guarded by="shifts.read">
      <Page title={words.title} lead={words.lead}>
        <ListTable
          name="GET /v1/shifts"
          parts={{ query: { state } }}
          columns={useShiftColumns()}
          rowKey={({ id }) => id}
          filename="shifts"
          empty={<Nothing text={words.nothing} />}
          onOpen={({ id }) => setOpen(id)}
          filters={
            <ChoiceFilter
              label={words.state}
              any={words.anyState}
              value={state}
              options={states.map((one) => ({ value: one, label: stateText(one) }))}
              onChoose={(wanted) => set({ state: wanted })}
            />
          }
        />
        {open === undefined ? null : <ReportDrawer id={open} onClose={() => setOpen(undefined)} />}
      </Page>
    </Guarded>
  );
}

function useStateText(): (state: Shift['state']) => string {
  const words = useWords(shiftListWords);
  return (state) => (state === 'closed' ? words.closedState : words[state]);
}

function useShiftColumns(): readonly Column<Shift>[] {
  const words = useWords(shiftListWords);
  const storeName = useStoreName();
  const stateText = useStateText();
  return [
    momentColumn({ key: 'opened', title: words.opened }, ({ openedAt }) => openedAt),
    textColumn({ key: 'by', title: words.by }, ({ openedByName }) => openedByName),
    textColumn({ key: 'store', title: words.store }, ({ storeId }) => storeName(storeId)),
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => (
        <span className={`mark ${state === 'open' ? 'good' : state === 'counted' ? 'look' : 'quiet'}`}>
          {stateText(state)}
        </span>
      ),
      cell: ({ state }) => stateText(state),
    },
    moneyColumn(
      { key: 'float', title: words.float },
      ({ openingFloat }) => openingFloat,
      ({ currency }) => currency,
    ),
    {
      key: 'difference',
      title: words.difference,
      align: 'right',
      show: ({ difference, currency }) =>
        difference === null ? (
          <span className="none">–</span>
        ) : (
          <Money amount={difference} currency={currency} />
        ),
      cell: ({ difference, currency }) => (difference === null ? null : drawnNumber(difference, currency)),
    },
    textColumn({ key: 'reason', title: words.reason }, ({ reason }) => reason),
    momentColumn({ key: 'closed', title: words.closed }, ({ closedAt }) => closedAt),
  ];
}

function ReportDrawer({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const words = useWords(shiftListWords);
  const { data, error, refetch } = useAsk('GET /v1/shifts/{id}/report', { params: { id } });
  return (
    <SidePanel size={480} title={words.report} onClose={onClose}>
      {error && !data ? <Failed error={error} again={() => void refetch()} /> : null}
      {data ? <ReportFacts report={data} /> : error ? null : <Skeleton active />}
    </SidePanel>
  );
}

const kinds = [
  'sold',
  'reloaded',
  'toppedUp',
  'recharged',
  'memberships',
  'purchased',
  'returned',
  'redeemed',
  'refunded',
  'reversed',
] as const;

function ReportFacts({ report }: { readonly report: Report }) {
  const words = useWords(shiftListWords);
  const may = useMay('shifts.correct');
  const tenderName = useTenderName();
  const { currency, takings } = report;
  const money = (amount: number | null) =>
    amount === null ? '–' : <Money amount={amount} currency={currency} />;
  const lines = takings
    ? kinds.flatMap((kind) =>
        takings[kind].map((line) => {
          const tender = 'tender' in line ? ` · ${tenderName(line.tender)}` : '';
          const key = `${kind}${tender}${line.currency}`;
          const amount = <Money key={key} amount={line.amount} currency={line.currency} />;
          return [`${words[kind]}${tender} × ${String(line.count)}`, amount] as const;
        }),
      )
    : [];
  return (
    <>
      <Facts
        items={[
          [words.opened, <Moment key="opened" at={report.openedAt} />],
          [words.by, report.openedByName ?? '–'],
          ...lines,
          [words.float, money(report.openingFloat)],
          [words.expected, money(report.expected)],
          [words.cash, money(report.counted)],
          [words.difference, money(report.difference)],
          [words.corrected, money(report.corrected)],
          [words.reason, report.reason ?? '–'],
        ]}
      />
      {may && report.state === 'closed' ? (
        <OpensDialog text={words.correct}>
          {(close) => <CorrectDialog report={report} onClose={close} />}
        </OpensDialog>
      ) : null}
    </>
  );
}

function CorrectDialog({ report, onClose }: { readonly report: Report; readonly onClose: () => void }) {
  const words = useWords(shiftListWords);
  const correct = useCommand('POST /v1/shifts/{id}/corrections');
  const { id, currency } = report;
  return (
    <ActionDialog<{ amount: string; reason: string }, unknown>
      title={words.correct}
      action={words.correct}
      submit={({ amount, reason }, idempotencyKey) => {
        const body = { amount: parseMoney(amount, currency) ?? 0, reason };
        return correct.mutateAsync({ params: { id }, body, idempotencyKey });
      }}
      onClose={onClose}
    >
      <MoneyField name="amount" currency={currency} signed hint={words.correctWhy} />
      <ReasonField />
    </ActionDialog>
  );
}
