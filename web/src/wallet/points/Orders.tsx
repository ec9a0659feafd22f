import { useState } from 'react';
import { type ItemOf, newKey, Unanswered } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { formatMoment } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { Confirm } from '../kit/Confirm.tsx';
import { More } from '../kit/More.tsx';
import { usePages } from '../kit/paging.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { Why } from '../kit/Why.tsx';
import { useMerchant } from '../merchant.ts';
import { pointsWords } from './words.ts';

type Order = ItemOf<'GET /v1/wallet/{slug}/gift-orders'>;

/** What I took for points: what waits for me, and where. Nothing where I took nothing yet. */
export function Orders() {
  const words = useWords(pointsWords);
  const { slug } = useMerchant();
  const { items, error, more, isBusy, refetch } = usePages('GET /v1/wallet/{slug}/gift-orders', (cursor) => ({
    params: { slug },
    query: cursor === undefined ? {} : { cursor },
  }));
  if (!items) return <Waiting error={error} onAgain={refetch} />;
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="mine">
      <h2 id="mine">{words.mine}</h2>
      <ul className="plain-list entries">
        {items.map((order) => (
          <li key={order.id}>
            <OneOrder order={order} />
          </li>
        ))}
      </ul>
      <More more={more} isBusy={isBusy} />
    </section>
  );
}

const tones = { waiting: 'look', handed: 'good', cancelled: '' } as const;

function OneOrder({ order }: { readonly order: Order }) {
  const words = useWords(pointsWords);
  const language = useLanguage();
  const locale = localeOf(language);
  const { timezone } = useMerchant();
  const [isAsking, setAsking] = useState(false);
  const { gift, store, points, state, createdAt } = order;
  return (
    <>
      <div className="between">
        <strong>{language === 'en' ? (gift.en ?? gift.zh) : gift.zh}</strong>
        <span className={`mark ${tones[state]}`}>{words[state]}</span>
      </div>
      <p className="soft">
        {words.at(store)} · {words.cost(points.toLocaleString(locale))} ·{' '}
        {formatMoment(createdAt, locale, timezone)}
      </p>
      {state === 'waiting' ? (
        <button type="button" className="button wide" onClick={() => setAsking(true)}>
          {words.giveUp}
        </button>
      ) : null}
      {isAsking ? <GivingUp order={order} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

function GivingUp({ order, onClose }: { readonly order: Order; readonly onClose: () => void }) {
  const words = useWords(pointsWords);
  const locale = localeOf(useLanguage());
  const { slug } = useMerchant();
  const [idempotencyKey, setKey] = useState(newKey);
  const cancel = useCommand('POST /v1/wallet/{slug}/gift-orders/{id}/cancel');
  const confirm = () =>
    cancel.mutate(
      { params: { slug, id: order.id }, idempotencyKey },
      {
        onSuccess: onClose,
        onError: (error) => {
          if (!(error instanceof Unanswered)) setKey(newKey());
        },
      },
    );
  return (
    <Confirm
      title={words.giveUpTitle}
      action={words.giveUp}
      busy={cancel.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{words.giveUpWhy(order.points.toLocaleString(locale))}</p>
      <Why error={cancel.error} />
    </Confirm>
  );
}
