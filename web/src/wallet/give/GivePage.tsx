import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { formatMoment } from '../../ui/time.ts';
import { localeOf, refusalText, useLanguage, useWords } from '../../ui/words.ts';
import { CardFace } from '../cards/CardFace.tsx';
import { type Card, useOwnCard } from '../cards/ownCard.ts';
import { Titled } from '../kit/Titled.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { Why } from '../kit/Why.tsx';
import { useMerchant } from '../merchant.ts';
import { Members } from '../signin/Members.tsx';
import { giveWords } from './words.ts';

type Gift = AnswerOf<'POST /v1/wallet/{slug}/cards/{id}/gift'>;

/** Makes a link that gives a card to whoever claims it. */
export function GivePage() {
  return (
    <Members>
      <Giving />
    </Members>
  );
}

function Giving() {
  const words = useWords(giveWords);
  const [gift, setGift] = useState<Gift>();
  const { id, data: card, error, refetch } = useOwnCard();
  return (
    <>
      <Titled title={words.give} up={`/cards/${id}`} />
      {card?.id === id ? <CardFace card={card} /> : <Waiting error={error} onAgain={refetch} />}
      {gift ? <Ready gift={gift} /> : card?.id === id ? <Offer card={card} onGift={setGift} /> : null}
    </>
  );
}

const choices = [1, 3, 7, 30] as const;

function Offer({ card, onGift }: { readonly card: Card; readonly onGift: (gift: Gift) => void }) {
  const words = useWords(giveWords);
  const language = useLanguage();
  const { slug } = useMerchant();
  const [days, setDays] = useState<(typeof choices)[number]>(7);
  const offer = useCommand('POST /v1/wallet/{slug}/cards/{id}/gift');
  const { ok, reason } = card.allowed.give;
  const make = () =>
    offer.mutate(
      { params: { slug, id: card.id }, body: { days } },
      { onSuccess: ({ body }) => onGift(body) },
    );
  return (
    <>
      <p>{words.about}</p>
      <fieldset className="choices">
        <legend className="soft">{words.days}</legend>
        {choices.map((one) => (
          <button
            key={one}
            type="button"
            className="choice"
            aria-pressed={one === days}
            onClick={() => setDays(one)}
          >
            {words.daysOf(one)}
          </button>
        ))}
      </fieldset>
      <button type="button" className="button main" disabled={!ok || offer.isPending} onClick={make}>
        {words.make}
      </button>
      {ok ? null : <p className="soft">{refusalText(reason ?? '', language)}</p>}
      <Why error={offer.error} />
    </>
  );
}

function Ready({ gift }: { readonly gift: Gift }) {
  const words = useWords(giveWords);
  const locale = localeOf(useLanguage());
  const { slug, name, timezone } = useMerchant();
  const [isCopied, setCopied] = useState(false);
  // Behind the #, so that no server writes it into a log.
  const link = `${location.origin}/wallet/${slug}/gift#${gift.token}`;
  const share = () => navigator.share({ text: words.invitation(name), url: link }).catch(() => undefined);
  const copy = () =>
    navigator.clipboard.writeText(`${words.invitation(name)} ${link}`).then(() => setCopied(true));
  return (
    <section className="gift-ready" role="status">
      <h2>{words.ready}</h2>
      <p>{words.once}</p>
      <div className="field">
        <label htmlFor="gift-link">{words.link}</label>
        <input id="gift-link" className="input mono" readOnly value={link} />
      </div>
      <p className="soft">{words.until(formatMoment(gift.expiresAt, locale, timezone))}</p>
      <div className="row">
        {'share' in navigator ? (
          <button type="button" className="button main" onClick={() => void share()}>
            {words.share}
          </button>
        ) : null}
        <button type="button" className="button" onClick={() => void copy()}>
          {isCopied ? words.copied : words.copy}
        </button>
      </div>
      <Link to={`/${slug}/gifts`}>{words.sent}</Link>
    </section>
  );
}
