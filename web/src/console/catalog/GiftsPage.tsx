import { Button, Space } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useMay } from '../../ui/session.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { type Column, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { useStoreName } from '../kit/names.ts';
import { Page } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { WhichList } from '../kit/WhichList.tsx';
import { nameIn, useProducts } from './categories.ts';
import { GiftDialog, StockDialog } from './GiftDialogs.tsx';
import { GiftOrders } from './GiftOrders.tsx';
import { catalogWords, giftWords } from './words.ts';

export type Gift = ItemOf<'GET /v1/gift-items'>;
type Asked =
  | { readonly what: 'terms'; readonly gift: Gift | undefined }
  | { readonly what: 'stock'; readonly gift: Gift };

/** What members get for points, and who took it. */
export function GiftsPage() {
  return (
    <Guarded by="catalog.read">
      <Gifts />
    </Guarded>
  );
}

function Gifts() {
  const words = useWords(giftWords);
  const mayWrite = useMay('catalog.write');
  const maySeeOrders = useMay('points.read');
  const { values, set } = useFilters(['list']);
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  const isOrders = values.list === 'orders' && maySeeOrders;
  const add =
    mayWrite && !isOrders ? (
      <Button type="primary" onClick={() => setAsked({ what: 'terms', gift: undefined })}>
        {words.add}
      </Button>
    ) : null;
  return (
    <Page title={words.title} lead={words.lead} actions={add}>
      <WhichList
        value={isOrders ? 'orders' : 'gifts'}
        onChoose={(list) => set({ list })}
        lists={[
          { value: 'gifts', label: words.gifts },
          ...(maySeeOrders ? [{ value: 'orders' as const, label: words.orders }] : []),
        ]}
      />
      {isOrders ? <GiftOrders /> : <GiftList onAsk={setAsked} />}
      {asked?.what === 'terms' ? <GiftDialog gift={asked.gift} onClose={close} /> : null}
      {asked?.what === 'stock' ? <StockDialog gift={asked.gift} onClose={close} /> : null}
    </Page>
  );
}

function GiftList({ onAsk }: { readonly onAsk: (asked: Asked) => void }) {
  const words = useWords(giftWords);
  return (
    <ListTable
      name="GET /v1/gift-items"
      parts={{}}
      columns={useGiftColumns(onAsk)}
      rowKey={({ id }) => id}
      filename="gifts"
      empty={<Nothing text={words.nothing} />}
    />
  );
}

function useGiftColumns(onAsk: (asked: Asked) => void): readonly Column<Gift>[] {
  const words = useWords(giftWords);
  const verbs = useWords(catalogWords);
  const language = useLanguage();
  const locale = localeOf(language);
  const storeName = useStoreName();
  const products = useProducts();
  const mayWrite = useMay('catalog.write');
  const mayStock = useMay('catalog.stock');
  const stockLines = ({ stock }: Gift) =>
    stock
      .filter(({ pieces }) => pieces !== 0)
      .map(({ storeId, pieces }) => `${storeName(storeId)} ${pieces}`);
  return [
    textColumn({ key: 'name', title: words.name }, (gift) => nameIn(gift, language)),
    {
      key: 'points',
      title: words.points,
      align: 'right',
      show: ({ points }) => <span className="money">{points.toLocaleString(locale)}</span>,
      cell: ({ points }) => points,
    },
    textColumn({ key: 'product', title: words.product }, ({ productId }) => {
      const product = products.find(({ id }) => id === productId);
      return product ? nameIn(product, language) : null;
    }),
    {
      key: 'stock',
      title: words.stock,
      show: (gift) => {
        const lines = stockLines(gift);
        return lines.length === 0 ? (
          <span className="none">{words.noStock}</span>
        ) : (
          lines.map((line) => <div key={line}>{line}</div>)
        );
      },
      cell: (gift) => stockLines(gift).join('; '),
    },
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => <span className={state === 'offered' ? 'mark good' : 'mark'}>{words[state]}</span>,
      cell: ({ state }) => words[state],
    },
    {
      key: 'verbs',
      title: '',
      show: (gift) => (
        <Space size={0}>
          {mayStock ? (
            <Button type="link" size="small" onClick={() => onAsk({ what: 'stock', gift })}>
              {words.book}
            </Button>
          ) : null}
          {mayWrite ? (
            <Button type="link" size="small" onClick={() => onAsk({ what: 'terms', gift })}>
              {verbs.change}
            </Button>
          ) : null}
        </Space>
      ),
      cell: () => null,
    },
  ];
}
