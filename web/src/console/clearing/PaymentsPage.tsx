import { Button } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { formatMoney } from '../../ui/money.ts';
import { useMay } from '../../ui/session.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { ChoiceFilter } from '../kit/ChoiceFilter.tsx';
import { type Column, momentColumn, moneyColumn, textColumn } from '../kit/columns.tsx';
import { TextField } from '../kit/fields.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { Page } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { kitWords } from '../words.ts';
import { usePartyName } from './names.ts';
import { paymentWords, periodWords } from './words.ts';

type Payment = ItemOf<'GET /v1/settlement-payments'>;
const states = ['due', 'paid', 'replaced'] as const;
const tones = { due: 'look', paid: 'good', replaced: 'quiet' } as const;
const periodsShown = 50;

/** What is due and was paid between stores and the merchant. */
export function PaymentsPage() {
  return (
    <Guarded by="settlement.read">
      <Payments />
    </Guarded>
  );
}

function Payments() {
  const words = useWords(paymentWords);
  const period = useWords(periodWords);
  const may = useMay('settlement.close');
  const { values, set } = useFilters(['state', 'periodId']);
  const [paying, setPaying] = useState<Payment>();
  const periods = useAsk('GET /v1/settlement-periods', { query: { limit: periodsShown } }).data?.items ?? [];
  const state = states.find((one) => one === values.state);
  return (
    <Page title={words.title} lead={words.lead}>
      <ListTable
        name="GET /v1/settlement-payments"
        parts={{ query: { state, periodId: values.periodId } }}
        columns={usePaymentColumns(may ? setPaying : undefined)}
        rowKey={({ id }) => id}
        filename="settlement-payments"
        empty={<Nothing text={words.nothing} />}
        filters={
          <>
            <ChoiceFilter
              label={words.state}
              any={words.anyState}
              value={state}
              options={states.map((one) => ({ value: one, label: words[one] }))}
              onChoose={(wanted) => set({ state: wanted })}
            />
            <ChoiceFilter
              label={words.onePeriod}
              any={words.anyPeriod}
              value={values.periodId}
              options={periods.map(({ id, number }) => ({ value: id, label: period.periodText(number) }))}
              onChoose={(wanted) => set({ periodId: wanted })}
            />
          </>
        }
      />
      {paying === undefined ? null : <PayDialog payment={paying} onClose={() => setPaying(undefined)} />}
    </Page>
  );
}

function usePaymentColumns(onPay?: (payment: Payment) => void): readonly Column<Payment>[] {
  const words = useWords(paymentWords);
  const kit = useWords(kitWords);
  const partyName = usePartyName();
  return [
    textColumn({ key: 'payer', title: words.payer }, ({ payerId }) => partyName(payerId)),
    textColumn({ key: 'payee', title: words.payee }, ({ payeeId }) => partyName(payeeId)),
    moneyColumn(
      { key: 'amount', title: words.amount },
      ({ amount }) => amount,
      ({ currency }) => currency,
    ),
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => <span className={`mark ${tones[state]}`}>{words[state]}</span>,
      cell: ({ state }) => words[state],
    },
    {
      key: 'verbs',
      title: '',
      show: (payment) =>
        onPay && payment.state === 'due' ? (
          <Button type="link" size="small" onClick={() => onPay(payment)}>
            {words.pay}
          </Button>
        ) : null,
      cell: () => null,
    },
    textColumn({ key: 'reference', title: kit.reference }, ({ reference }) => reference),
    momentColumn({ key: 'since', title: words.since }, ({ createdAt }) => createdAt),
    momentColumn({ key: 'paid', title: words.paidAt }, ({ paidAt }) => paidAt),
  ];
}

function PayDialog({ payment, onClose }: { readonly payment: Payment; readonly onClose: () => void }) {
  const words = useWords(paymentWords);
  const partyName = usePartyName();
  const locale = localeOf(useLanguage());
  const pay = useCommand('POST /v1/settlement-payments/{id}/pay');
  const { id, payerId, payeeId, amount, currency } = payment;
  return (
    <ActionDialog<{ reference: string }, unknown>
      title={words.pay}
      action={words.pay}
      submit={(body, idempotencyKey) => pay.mutateAsync({ params: { id }, body, idempotencyKey })}
      onClose={onClose}
    >
      <p className="net-line flat">
        {words.payText(partyName(payerId), partyName(payeeId), formatMoney(amount, currency, locale))}
      </p>
      <TextField name="reference" label={words.reference} max={64} />
    </ActionDialog>
  );
}
