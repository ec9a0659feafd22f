import { useQuery } from '@tanstack/react-query';
import { Button, Popconfirm, Space } from 'antd';
import type { ReactNode } from 'react';
import { ask, type ItemOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { ChoiceFilter } from '../kit/ChoiceFilter.tsx';
import { type Column, momentColumn, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { MemberName } from '../kit/members.tsx';
import { ErrorNote, Nothing } from '../kit/Notes.tsx';
import { pageMax, readAll, useStoreName, useStores } from '../kit/names.ts';
import { useFilters } from '../kit/paging.ts';
import { kitWords } from '../words.ts';
import { nameIn } from './categories.ts';
import { giftWords } from './words.ts';

type Order = ItemOf<'GET /v1/gift-orders'>;
const states = ['waiting', 'handed', 'cancelled'] as const;
const tones = { waiting: 'mark look', handed: 'mark good', cancelled: 'mark' } as const;

/** Gifts that were taken: what waits in a store is handed over or given up. */
export function GiftOrders() {
  const words = useWords(giftWords);
  const stores = useStores();
  const { values, set } = useFilters(['list', 'state', 'storeId']);
  const state = states.find((one) => one === values.state);
  const { storeId } = values;
  const hand = useCommand('POST /v1/gift-orders/{id}/hand-over');
  const cancel = useCommand('POST /v1/gift-orders/{id}/cancel');
  const verbs = (order: Order) => (
    <Verbs
      isBusy={hand.isPending || cancel.isPending}
      onHand={() => hand.mutate({ params: { id: order.id } })}
      onCancel={() => cancel.mutate({ params: { id: order.id } })}
    />
  );
  return (
    <>
      <ErrorNote error={hand.error ?? cancel.error} />
      <ListTable
        name="GET /v1/gift-orders"
        parts={{ query: { state, storeId } }}
        columns={useOrderColumns(verbs)}
        rowKey={({ id }) => id}
        filename="gift-orders"
        empty={<Nothing text={words.nothingTaken} />}
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
              label={words.store}
              any={words.anyStore}
              value={storeId}
              options={stores.map(({ id, name }) => ({ value: id, label: name }))}
              onChoose={(wanted) => set({ storeId: wanted })}
            />
          </>
        }
      />
    </>
  );
}

type VerbProps = {
  readonly isBusy: boolean;
  readonly onHand: () => void;
  readonly onCancel: () => void;
};

function Verbs({ isBusy, onHand, onCancel }: VerbProps) {
  const words = useWords(giftWords);
  const kit = useWords(kitWords);
  return (
    <Space size={0}>
      <Button type="link" size="small" disabled={isBusy} onClick={onHand}>
        {words.handOver}
      </Button>
      <Popconfirm
        title={words.cancelWhy}
        okText={words.cancelOrder}
        cancelText={kit.close}
        onConfirm={onCancel}
      >
        <Button type="link" size="small" danger disabled={isBusy}>
          {words.cancelOrder}
        </Button>
      </Popconfirm>
    </Space>
  );
}

function useGiftName(): (id: string) => string {
  const language = useLanguage();
  const { data } = useQuery({
    queryKey: ['all', 'gifts'],
    staleTime: 60_000,
    enabled: useMay('catalog.read'),
    queryFn: () => readAll((cursor) => ask('GET /v1/gift-items', { query: { cursor, limit: pageMax } })),
  });
  return (id) => {
    const gift = data?.find((one) => one.id === id);
    return gift ? nameIn(gift, language) : `…${id.slice(-6)}`;
  };
}

function useOrderColumns(verbs: (order: Order) => ReactNode): readonly Column<Order>[] {
  const words = useWords(giftWords);
  const may = useMay('points.use');
  const locale = localeOf(useLanguage());
  const storeName = useStoreName();
  const giftName = useGiftName();
  const count = (key: 'quantity' | 'points', title: string): Column<Order> => ({
    key,
    title,
    align: 'right',
    show: (order) => <span className="money">{order[key].toLocaleString(locale)}</span>,
    cell: (order) => order[key],
  });
  return [
    momentColumn({ key: 'when', title: words.when }, ({ createdAt }) => createdAt),
    {
      key: 'member',
      title: words.member,
      show: ({ memberId }) => <MemberName id={memberId} />,
      cell: ({ memberId }) => memberId,
    },
    textColumn({ key: 'gift', title: words.gift }, ({ giftId }) => giftName(giftId)),
    count('quantity', words.quantity),
    count('points', words.paid),
    textColumn({ key: 'store', title: words.store }, ({ storeId }) => storeName(storeId)),
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => <span className={tones[state]}>{words[state]}</span>,
      cell: ({ state }) => words[state],
    },
    {
      key: 'verbs',
      title: '',
      show: (order) => (may && order.state === 'waiting' ? verbs(order) : null),
      cell: () => null,
    },
  ];
}
