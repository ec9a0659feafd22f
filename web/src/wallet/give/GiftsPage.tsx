import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { Icon } from '../../ui/icons.tsx';
import { formatMoment } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { Confirm } from '../kit/Confirm.tsx';
import { More } from '../kit/More.tsx';
import { usePages } from '../kit/paging.ts';
import { Titled } from '../kit/Titled.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { Why } from '../kit/Why.tsx';
import { useMerchant } from '../merchant.ts';
import { Members } from '../signin/Members.tsx';
import { giveWords } from './words.ts';

type Gift = ItemOf<'GET /v1/wallet/{slug}/gifts'>;

/** What I have given or offered, and what became of it. */
export function GiftsPage() {
  const words = useWords(giveWords);
  return (
    <>
      <Titled title={words.title} up="" />
      <Members>
        <Given />
      </Members>
    </>
  );
}

const giftsAtOnce = 30;

function Given() {
  const words = useWords(giveWords);
  const { slug } = useMerchant();
  const { items, error, more, isBusy, refetch } = usePages('GET /v1/wallet/{slug}/gifts', (cursor) => ({
    params: { slug },
    query: { limit: giftsAtOnce, ...(cursor === undefined ? {} : { cursor }) },
  }));
  if (!items) return <Waiting error={error} onAgain={refetch} />;
  return (
    <>
      {items.length === 0 ? (
        <div className="empty">
          <Icon name="program" size={48} />
          <p>{words.none}</p>
          <p className="soft">{words.noneWhy}</p>
        </div>
      ) : null}
      <ul className="plain-list entries">
        {items.map((gift) => (
          <li key={gift.id}>
            <OneGift gift={gift} />
          </li>
        ))}
      </ul>
      <More more={more} isBusy={isBusy} />
    </>
  );
}

const tones = { open: 'look', claimed: 'good', taken_back: '', expired: '' } as const;

function OneGift({ gift }: { readonly gift: Gift }) {
  const words = useWords(giveWords);
  const locale = localeOf(useLanguage());
  const { slug, timezone } = useMerchant();
  const [isAsking, setAsking] = useState(false);
  const takeBack = useCommand('POST /v1/wallet/{slug}/gifts/{id}/take-back');
  const confirm = () =>
    takeBack.mutate({ params: { slug, id: gift.id }, body: {} }, { onSettled: () => setAsking(false) });
  return (
    <>
      <div className="between">
        <span className={`mark ${tones[gift.state]}`}>{words[gift.state]}</span>
        {gift.state === 'open' ? (
          <button type="button" className="button" onClick={() => setAsking(true)}>
            {words.takeBack}
          </button>
        ) : null}
      </div>
      <p className="soft">{words.madeAt(formatMoment(gift.createdAt, locale, timezone))}</p>
      {gift.state === 'open' ? (
        <p className="soft">{words.until(formatMoment(gift.expiresAt, locale, timezone))}</p>
      ) : null}
      <Why error={takeBack.error} />
      {isAsking ? (
        <Confirm
          title={words.takeBackTitle}
          action={words.takeBack}
          busy={takeBack.isPending}
          onConfirm={confirm}
          onClose={() => setAsking(false)}
        >
          <p>{words.takeBackWhy}</p>
        </Confirm>
      ) : null}
    </>
  );
}
