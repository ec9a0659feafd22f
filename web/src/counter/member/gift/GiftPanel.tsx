import { useState } from 'react';
import type { ItemOf } from '../../../api/client.ts';
import { useAsk, useCommand } from '../../../ui/asking.ts';
import { useOnline } from '../../../ui/phone/online.ts';
import { type Language, localeOf, useLanguage, useWords } from '../../../ui/words.ts';
import { useStore } from '../../store.ts';
import { Bad } from '../Bad.tsx';
import { useInView } from '../inView.ts';
import { useOnce } from '../once.ts';
import type { MemberDeed, PanelProps, Picture } from '../picture.ts';
import { giftPanelWords } from './words.ts';

type Gift = ItemOf<'GET /v1/gift-items'>;
type Order = ItemOf<'GET /v1/gift-orders'>;

const nameIn = ({ name }: Gift, language: Language) => (language === 'en' ? (name.en ?? name.zh) : name.zh);

/** What a member gets for points in this store: what waits for them, and what they may take. */
export function GiftPanel({ picture, onDone }: PanelProps) {
  const words = useWords(giftPanelWords);
  const store = useStore();
  const gifts = useAsk('GET /v1/gift-items', { query: { limit: 200 } });
  const orders = useAsk('GET /v1/gift-orders', {
    query: { memberId: picture.member.id, storeId: store.id, state: 'waiting' },
  });
  const error = gifts.error ?? orders.error;
  if (!gifts.data || !orders.data)
    return error ? (
      <Bad error={error} />
    ) : (
      <p className="soft" role="status">
        {words.loading}…
      </p>
    );
  return (
    <>
      <Waiting
        orders={orders.data.items}
        gifts={gifts.data.items}
        currency={picture.currency}
        onDone={onDone}
      />
      <Offered picture={picture} gifts={gifts.data.items} onDone={onDone} />
    </>
  );
}

/** Turns an order that was handed over into what is said of it. */
function useDeed(currency: string): (title: string, order: Order, gift: Gift | undefined) => MemberDeed {
  const words = useWords(giftPanelWords);
  const language = useLanguage();
  const store = useStore();
  return (title, order, gift) => {
    const points = words.cost(order.points.toLocaleString(localeOf(language)));
    return {
      title,
      figure: gift === undefined ? points : nameIn(gift, language),
      note: points,
      entry: {
        id: order.id,
        kind: 'gift',
        at: new Date().toISOString(),
        amount: 0,
        currency,
        points: order.points,
        reference: order.id,
        storeId: store.id,
        item: gift?.name,
      },
    };
  };
}

type WaitingProps = {
  readonly orders: readonly Order[];
  readonly gifts: readonly Gift[];
  readonly currency: string;
  readonly onDone: PanelProps['onDone'];
};

function Waiting({ orders, gifts, currency, onDone }: WaitingProps) {
  const words = useWords(giftPanelWords);
  const language = useLanguage();
  const deed = useDeed(currency);
  const hand = useCommand('POST /v1/gift-orders/{id}/hand-over');
  if (orders.length === 0) return null;
  return (
    <section aria-label={words.waiting} className="code-box">
      <h2>{words.waiting}</h2>
      <Bad error={hand.error} />
      <ul className="plain-list entries">
        {orders.map((order) => {
          const gift = gifts.find(({ id }) => id === order.giftId);
          return (
            <li key={order.id} className="chosen">
              <strong>{gift === undefined ? order.id : nameIn(gift, language)}</strong>
              <button
                type="button"
                className="button"
                disabled={hand.isPending}
                onClick={() =>
                  hand.mutate(
                    { params: { id: order.id } },
                    { onSuccess: ({ body }) => onDone(deed(words.handed, body, gift)) },
                  )
                }
              >
                {words.handOver}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

type OfferedProps = {
  readonly picture: Picture;
  readonly gifts: readonly Gift[];
  readonly onDone: PanelProps['onDone'];
};

function Offered({ picture: { member, points, currency }, gifts, onDone }: OfferedProps) {
  const words = useWords(giftPanelWords);
  const language = useLanguage();
  const locale = localeOf(language);
  const store = useStore();
  const [chosen, setChosen] = useState<string>();
  const piecesOf = ({ stock }: Gift) => stock.find(({ storeId }) => storeId === store.id)?.pieces ?? 0;
  const here = gifts.filter((gift) => gift.state === 'offered' && piecesOf(gift) > 0);
  const gift = here.find(({ id }) => id === chosen);
  if (here.length === 0) return <p className="note">{words.none}</p>;
  return (
    <section aria-label={words.offered} className="code-box">
      <p className="soft">{words.have(points.usable.toLocaleString(locale))}</p>
      <div className="picks">
        {here.map((one) => (
          <button
            key={one.id}
            type="button"
            className="pick"
            aria-pressed={one.id === chosen}
            disabled={one.points > points.usable}
            onClick={() => setChosen(one.id)}
          >
            <strong>{nameIn(one, language)}</strong>
            <strong className="money">{words.cost(one.points.toLocaleString(locale))}</strong>
            <span className="soft">
              {words.here(piecesOf(one))}
              {one.points > points.usable
                ? ` · ${words.tooFew((one.points - points.usable).toLocaleString(locale))}`
                : ''}
            </span>
          </button>
        ))}
      </div>
      {gift ? (
        <Take key={gift.id} gift={gift} memberId={member.id} currency={currency} onDone={onDone} />
      ) : null}
    </section>
  );
}

type TakeProps = {
  readonly gift: Gift;
  readonly memberId: string;
  readonly currency: string;
  readonly onDone: PanelProps['onDone'];
};

function Take({ gift, memberId, currency, onDone }: TakeProps) {
  const words = useWords(giftPanelWords);
  const language = useLanguage();
  const store = useStore();
  const isOnline = useOnline();
  const deed = useDeed(currency);
  const { isBusy, error, run } = useOnce('POST /v1/gift-orders', 'M');
  const shown = useInView<HTMLDivElement>();
  const give = () =>
    run({ body: { memberId, giftId: gift.id, storeId: store.id } }, (order) =>
      onDone(deed(words.given, order, gift)),
    );
  return (
    <div ref={shown} className="code-box in-view">
      <Bad error={error} />
      <button type="button" className="button main wide" disabled={isBusy || !isOnline} onClick={give}>
        {words.take(nameIn(gift, language), gift.points.toLocaleString(localeOf(language)))}
      </button>
    </div>
  );
}
