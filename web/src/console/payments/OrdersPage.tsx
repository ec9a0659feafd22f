import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import type { AnswerOf, ItemOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { formatMoney } from '../../ui/money.ts';
import { useMay } from '../../ui/session.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { ChoiceFilter } from '../kit/ChoiceFilter.tsx';
import { type Column, Moment, Money, momentColumn, moneyColumn, textColumn } from '../kit/columns.tsx';
import { SidePanel } from '../kit/Dialog.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Failed, Guarded, Nothing } from '../kit/Notes.tsx';
import { Facts, Page } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { WhichList } from '../kit/WhichList.tsx';
import { useChannelName } from './channelNames.ts';
import { Differences } from './Differences.tsx';
import { RefundOrder } from './RefundOrder.tsx';
import { differenceWords, orderWords } from './words.ts';

type Order = ItemOf<'GET /v1/payment-orders'>;
type Whole = AnswerOf<'GET /v1/payment-orders/{id}'>;
type Refund = Whole['refunds'][number];
const states = ['pending', 'paid', 'expired', 'closed', 'refunded'] as const;
const marks = { pending: 'look', paid: 'good', expired: 'quiet', closed: 'quiet', refunded: 'stop' } as const;

/** What is paid through channels, what went back, and what differs. */
export function OrdersPage() {
  return (
    <Guarded by="payments.read">
      <Orders />
    </Guarded>
  );
}

function Orders() {
  const words = useWords(orderWords);
  const { values, set } = useFilters(['state', 'list', 'difference']);
  const [open, setOpen] = useState<string>();
  const columns = useOrderColumns();
  const state = states.find((one) => one === values.state);
  return (
    <Page title={words.title} lead={words.lead}>
      <WhichList
        value={values.list === 'differences' ? 'differences' : 'orders'}
        onChoose={(list) => set({ list })}
        lists={[
          { value: 'orders', label: words.title },
          { value: 'differences', label: words.differences },
        ]}
      />
      {values.list === 'differences' ? (
        <Differences onOpen={setOpen} />
      ) : (
        <ListTable
          name="GET /v1/payment-orders"
          parts={{ query: { state } }}
          columns={columns}
          rowKey={({ id }) => id}
          filename="payment-orders"
          empty={<Nothing text={words.nothing} />}
          onOpen={({ id }) => setOpen(id)}
          filters={
            <ChoiceFilter
              label={words.state}
              any={words.anyState}
              value={state}
              options={states.map((value) => ({ value, label: words[value] }))}
              onChoose={(wanted) => set({ state: wanted })}
            />
          }
        />
      )}
      {open === undefined ? null : <OrderDrawer id={open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

function useOrderColumns(): readonly Column<Order>[] {
  const words = useWords(orderWords);
  const channelName = useChannelName();
  const currencyOf = ({ currency }: Order) => currency;
  return [
    momentColumn({ key: 'placed', title: words.placed }, ({ createdAt }) => createdAt),
    textColumn({ key: 'channel', title: words.channel }, ({ channelId }) => channelName(channelId)),
    moneyColumn({ key: 'amount', title: words.amount }, ({ amount }) => amount, currencyOf),
    moneyColumn({ key: 'back', title: words.back }, ({ refunded }) => refunded, currencyOf),
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => <span className={`mark ${marks[state]}`}>{words[state]}</span>,
      cell: ({ state }) => words[state],
    },
    {
      key: 'transaction',
      title: words.transaction,
      show: ({ transaction }) =>
        transaction === null ? <span className="none">–</span> : <span className="mono">{transaction}</span>,
      cell: ({ transaction }) => transaction,
    },
  ];
}

function OrderDrawer({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const words = useWords(orderWords);
  const { data, error, refetch } = useAsk('GET /v1/payment-orders/{id}', { params: { id } });
  return (
    <SidePanel size={480} title={words.order} onClose={onClose}>
      {error && !data ? <Failed error={error} again={() => void refetch()} /> : null}
      {data ? <OrderFacts order={data} /> : error ? null : <Skeleton active />}
    </SidePanel>
  );
}

function OrderFacts({ order }: { readonly order: Whole }) {
  const words = useWords(orderWords);
  const kinds = useWords(differenceWords);
  const channelName = useChannelName();
  const may = useMay('payments.refund');
  const [isRefunding, setRefunding] = useState(false);
  const { currency } = order;
  return (
    <>
      <Facts
        items={[
          [
            words.order,
            <span key="id" className="mono">
              {order.id}
            </span>,
          ],
          [words.state, words[order.state]],
          [words.amount, <Money key="1" amount={order.amount} currency={currency} />],
          [words.back, <Money key="2" amount={order.refunded} currency={currency} />],
          [words.channel, channelName(order.channelId)],
          [words.transaction, order.transaction ?? '–'],
          [words.placed, <Moment key="3" at={order.createdAt} />],
          [words.paidAt, order.paidAt === null ? '–' : <Moment key="4" at={order.paidAt} />],
        ]}
      />
      {order.refunds.length === 0 ? null : (
        <>
          <h3>{words.refunds}</h3>
          <Facts
            items={order.refunds.map((refund) => [
              `${words[refund.state]} · ${refund.reason}`,
              <RefundFigures key={refund.id} refund={refund} currency={currency} />,
            ])}
          />
        </>
      )}
      {order.differences.length === 0 ? null : (
        <>
          <h3>{words.differences}</h3>
          <Facts
            items={order.differences.map(({ id, kind, state, amount, currency: of }) => [
              `${kinds[kind]} · ${kinds[state]}`,
              <Money key={id} amount={amount} currency={of} />,
            ])}
          />
        </>
      )}
      {may && order.state === 'paid' ? (
        <Button danger onClick={() => setRefunding(true)}>
          {words.refund}
        </Button>
      ) : null}
      {isRefunding ? (
        <RefundOrder orderId={order.id} currency={currency} onClose={() => setRefunding(false)} />
      ) : null}
    </>
  );
}

/** What went back, and what left the wallet for it where that is more. */
function RefundFigures({ refund, currency }: { readonly refund: Refund; readonly currency: string }) {
  const words = useWords(orderWords);
  const locale = localeOf(useLanguage());
  const { amount, principal, bonus } = refund;
  const taken = formatMoney(principal + bonus, currency, locale);
  return (
    <>
      <Money amount={amount} currency={currency} />
      {principal + bonus > amount ? <div className="soft small">{words.takenOff(taken)}</div> : null}
    </>
  );
}
