import { useState } from 'react';
import { type ItemOf, newKey, Unanswered } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { Icon } from '../../ui/icons.tsx';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { Confirm } from '../kit/Confirm.tsx';
import { More } from '../kit/More.tsx';
import { usePages } from '../kit/paging.ts';
import { Titled } from '../kit/Titled.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { Why } from '../kit/Why.tsx';
import { useMerchant } from '../merchant.ts';
import { Members } from '../signin/Members.tsx';
import { Orders } from './Orders.tsx';
import { pointsWords } from './words.ts';

type Gift = ItemOf<'GET /v1/wallet/{slug}/gift-items'>;

/** What there is for points, and what I took of it. */
export function TakeGiftPage() {
  const words = useWords(pointsWords);
  return (
    <>
      <Titled title={words.takeGift} up="/club" />
      <Members>
        <Offered />
        <Orders />
      </Members>
    </>
  );
}

function Offered() {
  const words = useWords(pointsWords);
  const locale = localeOf(useLanguage());
  const { slug } = useMerchant();
  const [taken, setTaken] = useState<string>();
  const purse = useAsk('GET /v1/wallet/{slug}/points', { params: { slug } });
  const { items, error, more, isBusy, refetch } = usePages('GET /v1/wallet/{slug}/gift-items', (cursor) => ({
    params: { slug },
    query: cursor === undefined ? {} : { cursor },
  }));
  if (!items || !purse.data) return <Waiting error={error ?? purse.error} onAgain={refetch} />;
  const { usable } = purse.data;
  return (
    <>
      <p className="soft">{words.have(usable.toLocaleString(locale))}</p>
      {taken === undefined ? null : (
        <p className="note good" role="status">
          {taken}
        </p>
      )}
      {items.length === 0 ? (
        <div className="empty">
          <Icon name="program" size={48} />
          <p>{words.noGifts}</p>
          <p className="soft">{words.noGiftsWhy}</p>
        </div>
      ) : null}
      <ul className="plain-list entries">
        {items.map((gift) => (
          <li key={gift.id}>
            <OneGift gift={gift} usable={usable} onTaken={setTaken} />
          </li>
        ))}
      </ul>
      <More more={more} isBusy={isBusy} />
    </>
  );
}

type GiftProps = {
  readonly gift: Gift;
  readonly usable: number;
  readonly onTaken: (said: string) => void;
};

function OneGift({ gift, usable, onTaken }: GiftProps) {
  const words = useWords(pointsWords);
  const language = useLanguage();
  const locale = localeOf(language);
  const [storeId, setStore] = useState(gift.stores[0]?.id);
  const [isAsking, setAsking] = useState(false);
  const store = gift.stores.find(({ id }) => id === storeId) ?? gift.stores[0];
  const name = language === 'en' ? (gift.name.en ?? gift.name.zh) : gift.name.zh;
  const short = gift.points - usable;
  return (
    <>
      <div className="between">
        <strong>{name}</strong>
        <span className="money">{words.cost(gift.points.toLocaleString(locale))}</span>
      </div>
      {store === undefined ? <p className="soft">{words.soldOut}</p> : null}
      {store !== undefined && short > 0 ? (
        <p className="soft">{words.tooFew(short.toLocaleString(locale))}</p>
      ) : null}
      {store !== undefined && short <= 0 ? (
        <>
          <Where stores={gift.stores} chosen={store.id} onChoose={setStore} giftId={gift.id} />
          <button type="button" className="button wide" onClick={() => setAsking(true)}>
            {words.take}
          </button>
        </>
      ) : null}
      {isAsking && store !== undefined ? (
        <Taking gift={gift} name={name} store={store} onTaken={onTaken} onClose={() => setAsking(false)} />
      ) : null}
    </>
  );
}

type WhereProps = {
  readonly stores: Gift['stores'];
  readonly chosen: string;
  readonly giftId: string;
  readonly onChoose: (id: string) => void;
};

function Where({ stores, chosen, giftId, onChoose }: WhereProps) {
  const words = useWords(pointsWords);
  const [only] = stores;
  if (stores.length === 1 && only !== undefined) return <p className="soft">{words.at(only.name)}</p>;
  const id = `where-${giftId}`;
  return (
    <div className="field">
      <label htmlFor={id}>{words.where}</label>
      <select id={id} className="input" value={chosen} onChange={({ target }) => onChoose(target.value)}>
        {stores.map((store) => (
          <option key={store.id} value={store.id}>
            {store.name}
          </option>
        ))}
      </select>
    </div>
  );
}

type TakingProps = {
  readonly gift: Gift;
  readonly name: string;
  readonly store: Gift['stores'][number];
  readonly onTaken: (said: string) => void;
  readonly onClose: () => void;
};

function Taking({ gift, name, store, onTaken, onClose }: TakingProps) {
  const words = useWords(pointsWords);
  const locale = localeOf(useLanguage());
  const { slug } = useMerchant();
  // One key until the outcome is known: asked again after a lost answer, it is the same gift.
  const [idempotencyKey, setKey] = useState(newKey);
  const take = useCommand('POST /v1/wallet/{slug}/gift-orders');
  const confirm = () =>
    take.mutate(
      { params: { slug }, body: { giftId: gift.id, storeId: store.id, quantity: 1 }, idempotencyKey },
      {
        onSuccess: () => {
          onTaken(words.taken(name, store.name));
          onClose();
        },
        onError: (error) => {
          if (!(error instanceof Unanswered)) setKey(newKey());
        },
      },
    );
  return (
    <Confirm
      title={words.takeTitle(name)}
      action={words.take}
      busy={take.isPending}
      onConfirm={confirm}
      onClose={onClose}
      isGood
    >
      <p>{words.takeWhy(gift.points.toLocaleString(locale), store.name)}</p>
      <Why error={take.error} />
    </Confirm>
  );
}
