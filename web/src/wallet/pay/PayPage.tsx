import { useRef } from 'react';
import { useAsk } from '../../ui/asking.ts';
import { formatMoney } from '../../ui/money.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { type Line, LineOf } from '../cards/Lines.tsx';
import { type Card, useOwnCard } from '../cards/ownCard.ts';
import { Titled } from '../kit/Titled.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { useMerchant } from '../merchant.ts';
import { Members } from '../signin/Members.tsx';
import { useAwake } from './awake.ts';
import { usePaymentCode } from './paymentCode.ts';
import { ShownCode } from './ShownCode.tsx';
import { payWords } from './words.ts';

/** What is held out to the clerk: a code that is renewed while it is shown, on a page as white as the screen gets. */
export function PayPage() {
  return (
    <Members>
      <Paying />
    </Members>
  );
}

function Paying() {
  const words = useWords(payWords);
  const { id, data: card, error, refetch } = useOwnCard();
  return (
    <>
      <Titled title={words.title} up={`/cards/${id}`} />
      {card?.id === id ? <Code card={card} /> : <Waiting error={error} onAgain={refetch} />}
    </>
  );
}

function Code({ card }: { readonly card: Card }) {
  const words = useWords(payWords);
  const locale = localeOf(useLanguage());
  const { slug } = useMerchant();
  const newest = useNewest(card);
  const shown = usePaymentCode(slug, card.id, newest?.id);
  useAwake();
  return (
    <div className="pay">
      <p>{words.show}</p>
      <ShownCode {...shown} label={words.alt} />
      <p className="pay-left">{words.left(formatMoney(card.available, card.currency, locale))}</p>
      {newest ? <JustNow line={newest} currency={card.currency} /> : null}
      <p className="soft">{words.once}</p>
      <p className="soft">{words.bright}</p>
    </div>
  );
}

/** How often it is asked whether the card has been used, in milliseconds. */
const watchEveryMs = 3_000;

/** What happened to the card since this page was opened: the payment that the clerk has just taken. */
function useNewest(card: Card): Line | undefined {
  const { slug } = useMerchant();
  const parts = { params: { slug, id: card.id }, query: { limit: 1 } };
  const everyMs = () => watchEveryMs;
  const { data } = useAsk('GET /v1/wallet/{slug}/cards/{id}/activities', parts, { everyMs });
  useAsk('GET /v1/wallet/{slug}/cards/{id}', { params: { slug, id: card.id } }, { everyMs });
  const before = useRef<string>(undefined);
  const newest = data?.items[0];
  if (data) before.current ??= newest?.id ?? '';
  return newest?.id === before.current ? undefined : newest;
}

function JustNow({ line, currency }: { readonly line: Line; readonly currency: string }) {
  const words = useWords(payWords);
  return (
    <section className="note good pay-done" role="status">
      <strong>{words.justNow}</strong>
      <div className="lines">
        <LineOf line={line} currency={currency} />
      </div>
    </section>
  );
}
