import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { renderSVG } from 'uqr';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { formatMoney } from '../../ui/money.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { Titled } from '../kit/Titled.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { Why } from '../kit/Why.tsx';
import { useMerchant } from '../merchant.ts';
import { Members } from '../signin/Members.tsx';
import { topUpWords } from './words.ts';

type Order = AnswerOf<'GET /v1/wallet/{slug}/top-up-orders/{id}'>;

/** How often it is asked whether it was paid, in milliseconds. */
const watchEveryMs = 2_000;

/** An order: how to pay it, and then what came of it. Whoever comes back from a payment page lands here. */
export function OrderPage() {
  const words = useWords(topUpWords);
  return (
    <>
      <Titled title={words.title} up="/top-up" />
      <Members>
        <Watched />
      </Members>
    </>
  );
}

function Watched() {
  const { slug } = useMerchant();
  const { id = '' }: { id?: string } = useParams({ strict: false });
  const { data, error, refetch } = useAsk(
    'GET /v1/wallet/{slug}/top-up-orders/{id}',
    { params: { slug, id } },
    { everyMs: (order) => (order === undefined || order.state === 'pending' ? watchEveryMs : false) },
  );
  if (!data) return <Waiting error={error} onAgain={refetch} />;
  return data.state === 'pending' ? <ToPay order={data} /> : <Ended order={data} />;
}

function ToPay({ order }: { readonly order: Order }) {
  const words = useWords(topUpWords);
  const locale = localeOf(useLanguage());
  const { slug } = useMerchant();
  const close = useCommand('POST /v1/wallet/{slug}/top-up-orders/{id}/close');
  const { presentation } = order;
  return (
    <div className="pay">
      <p className="top-up-figure">{formatMoney(order.amount, order.currency, locale)}</p>
      {presentation?.kind === 'qr' ? (
        <>
          <p>{words.scan}</p>
          <Qr text={presentation.content} />
        </>
      ) : null}
      {presentation?.kind === 'redirect' ? (
        <a className="button main" href={presentation.content} rel="noreferrer">
          {words.go}
        </a>
      ) : null}
      <Left until={order.expiresAt} />
      <p className="soft" role="status">
        {words.waiting}
      </p>
      <Why error={close.error} />
      <button
        type="button"
        className="button"
        disabled={close.isPending}
        onClick={() => close.mutate({ params: { slug, id: order.id }, body: {} })}
      >
        {words.giveUp}
      </button>
    </div>
  );
}

/** As a picture, so that nothing is written into the page as markup. */
function Qr({ text }: { readonly text: string }) {
  const words = useWords(topUpWords);
  const source = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(renderSVG(text, { border: 2 }))}`;
  return <img className="pay-qr" src={source} alt={words.scanAlt} />;
}

function Left({ until }: { readonly until: string }) {
  const words = useWords(topUpWords);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / 1_000));
  return (
    <p className="pay-next">
      <span role="timer">{words.left(Math.floor(seconds / 60), String(seconds % 60).padStart(2, '0'))}</span>
    </p>
  );
}

function Ended({ order }: { readonly order: Order }) {
  const words = useWords(topUpWords);
  const locale = localeOf(useLanguage());
  const { slug } = useMerchant();
  const isPaid = order.state === 'paid';
  const said = {
    paid: words.credited,
    expired: words.expired,
    closed: words.closed,
    refunded: words.refunded,
  };
  return (
    <section className={isPaid ? 'note good pay-done' : 'note look pay-done'} role="status">
      <strong>{order.state === 'pending' ? words.waiting : said[order.state]}</strong>
      <p className="top-up-figure">{formatMoney(order.amount, order.currency, locale)}</p>
      {order.state === 'expired' || order.state === 'closed' ? <p>{words.lateNote}</p> : null}
      {isPaid ? null : (
        <Link to={`/${slug}/top-up`} className="button">
          {words.again}
        </Link>
      )}
      <Link to={`/${slug}/balance`} className="button main">
        {words.home}
      </Link>
    </section>
  );
}
