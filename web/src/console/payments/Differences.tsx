import { Button, Form, Radio } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { ChoiceFilter } from '../kit/ChoiceFilter.tsx';
import { type Column, momentColumn, moneyColumn } from '../kit/columns.tsx';
import { ReasonField } from '../kit/fields.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Nothing } from '../kit/Notes.tsx';
import { useFilters } from '../kit/paging.ts';
import { kitWords } from '../words.ts';
import { differenceWords } from './words.ts';

type Difference = ItemOf<'GET /v1/payment-differences'>;
const states = ['open', 'refunding', 'refunded', 'credited', 'dismissed'] as const;
const marks = {
  open: 'stop',
  refunding: 'look',
  refunded: 'quiet',
  credited: 'good',
  dismissed: 'quiet',
} as const;

/** What differs, and who sets it right. */
export function Differences({ onOpen }: { readonly onOpen: (orderId: string) => void }) {
  const words = useWords(differenceWords);
  const { values, set } = useFilters(['difference']);
  const [resolving, setResolving] = useState<Difference>();
  const state = states.find((one) => one === values.difference);
  return (
    <>
      <ListTable
        name="GET /v1/payment-differences"
        parts={{ query: { state } }}
        columns={useColumns(onOpen, setResolving)}
        rowKey={({ id }) => id}
        filename="payment-differences"
        empty={<Nothing text={words.nothing} />}
        filters={
          <ChoiceFilter
            label={words.state}
            any={words.anyState}
            value={state}
            options={states.map((value) => ({ value, label: words[value] }))}
            onChoose={(difference) => set({ difference })}
          />
        }
      />
      {resolving ? <Resolve difference={resolving} onClose={() => setResolving(undefined)} /> : null}
    </>
  );
}

function useColumns(
  onOpen: (orderId: string) => void,
  onResolve: (difference: Difference) => void,
): readonly Column<Difference>[] {
  const words = useWords(differenceWords);
  const may = useMay('payments.refund');
  return [
    momentColumn({ key: 'found', title: words.found }, ({ createdAt }) => createdAt),
    {
      key: 'kind',
      title: words.kind,
      show: ({ kind, orderId }) => (
        <Button type="link" size="small" onClick={() => onOpen(orderId)}>
          {words[kind]}
        </Button>
      ),
      cell: ({ kind }) => words[kind],
    },
    moneyColumn(
      { key: 'amount', title: words.amount },
      ({ amount }) => amount,
      ({ currency }) => currency,
    ),
    {
      key: 'transaction',
      title: words.transaction,
      show: ({ transaction }) => <span className="mono">{transaction}</span>,
      cell: ({ transaction }) => transaction,
    },
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => <span className={`mark ${marks[state]}`}>{words[state]}</span>,
      cell: ({ state }) => words[state],
    },
    {
      key: 'verbs',
      title: '',
      show: (difference) =>
        may && difference.state === 'open' ? (
          <Button size="small" onClick={() => onResolve(difference)}>
            {words.resolve}
          </Button>
        ) : null,
      cell: () => null,
    },
  ];
}

type Values = { readonly how: 'refund' | 'dismiss'; readonly reason: string };

function Resolve({ difference, onClose }: { readonly difference: Difference; readonly onClose: () => void }) {
  const words = useWords(differenceWords);
  const kit = useWords(kitWords);
  const resolve = useCommand('POST /v1/payment-differences/{id}/resolve');
  // Of a refund that failed the money is on the wallet again.
  const ways =
    difference.kind === 'refund_failed' ? (['dismiss'] as const) : (['refund', 'dismiss'] as const);
  return (
    <ActionDialog<Values, unknown>
      title={`${words.resolve} · ${words[difference.kind]}`}
      action={words.resolve}
      submit={(body, idempotencyKey) =>
        resolve.mutateAsync({ params: { id: difference.id }, body, idempotencyKey })
      }
      onClose={onClose}
    >
      <Form.Item name="how" label={words.how} rules={[{ required: true, message: kit.required }]}>
        <Radio.Group options={ways.map((value) => ({ value, label: words[value] }))} />
      </Form.Item>
      <ReasonField />
    </ActionDialog>
  );
}
