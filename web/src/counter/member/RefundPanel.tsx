import { useEffect, useState } from 'react';
import { type AnswerOf, ask, newKey, Unanswered } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { couponWords } from '../../ui/coupons/words.ts';
import { formatMoney } from '../../ui/money.ts';
import { useMay } from '../../ui/session.ts';
import { formatDay } from '../../ui/time.ts';
import { refundRuleWords, wayWords } from '../../ui/value/words.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { newReference } from '../till.ts';
import { Bad } from './Bad.tsx';
import type { PanelProps } from './picture.ts';
import { memberWords } from './words.ts';

type Quote = AnswerOf<'POST /v1/wallet-refund-quotes'>['items'][number];

/** What is left of each top-up, by which rule it goes back, and the deed itself. */
export function RefundPanel({ picture, onDone }: PanelProps) {
  const words = useWords(memberWords);
  const locale = localeOf(useLanguage());
  const [quotes, setQuotes] = useState<readonly Quote[]>();
  const [error, setError] = useState<unknown>(null);
  const { code } = picture;
  const memberId = picture.member.id;
  useEffect(() => {
    let isHere = true;
    ask('POST /v1/wallet-refund-quotes', {
      body: { memberId, ...(code === undefined ? {} : { code }) },
    }).then(
      ({ body }) => isHere && setQuotes(body.items),
      (problem: unknown) => isHere && setError(problem),
    );
    return () => {
      isHere = false;
    };
  }, [memberId, code]);
  if (error !== null) return <Bad error={error} />;
  if (quotes?.length === 0) return <p className="note">{words.nothingLeft}</p>;
  return (
    <>
      {quotes?.map((quote) => (
        <OneQuote
          key={quote.topUpId}
          quote={quote}
          onDone={(amount) => {
            setQuotes(quotes.filter(({ topUpId }) => topUpId !== quote.topUpId));
            onDone({
              title: words.refunded,
              figure: formatMoney(amount, quote.currency, locale),
              note: '',
            });
          }}
        />
      ))}
    </>
  );
}

function OneQuote({ quote, onDone }: { readonly quote: Quote; readonly onDone: (amount: number) => void }) {
  const words = useWords(memberWords);
  const coupons = useWords(couponWords);
  const rules = useWords(refundRuleWords);
  const names: Readonly<Record<string, string>> = useWords(wayWords);
  const locale = localeOf(useLanguage());
  const [key, setKey] = useState(newKey);
  const refund = useCommand('POST /v1/wallet-top-ups/{id}/refunds');
  const sendBack = useCommand('POST /v1/payment-orders/{id}/refund');
  const maySend = useMay('payments.refund');
  const { paymentOrderId } = quote;
  const money = (amount: number) => formatMoney(amount, quote.currency, locale);
  const then = {
    // Above a limit it waits for a second person, and nothing has gone back yet.
    onSuccess: ({ status }: { readonly status: number }) => {
      if (status === 201) onDone(quote.refund);
    },
    onError: (problem: unknown) => {
      if (!(problem instanceof Unanswered)) setKey(newKey());
    },
  };
  const asked = { amount: quote.refund, reason: words.reason };
  const giveBack = () => {
    if (paymentOrderId !== null) {
      sendBack.mutate({ params: { id: paymentOrderId }, body: asked, idempotencyKey: key }, then);
      return;
    }
    const payment = { tender: quote.tender, reference: newReference('B', new Date()) };
    const body = { ...asked, payment };
    refund.mutate({ params: { id: quote.topUpId }, body, idempotencyKey: key }, then);
  };
  return (
    <section className="code-box">
      <p className="due">
        <span className="soft">
          {formatDay(quote.createdAt, locale)} · {names[quote.tender] ?? quote.tender} · {rules[quote.rule]}
          {quote.bonus > 0 ? ` · ${words.ends(money(quote.bonus))}` : ''}
          {quote.points > 0 ? ` · ${words.takesPoints(quote.points.toLocaleString(locale))}` : ''}
          {quote.coupons > 0 ? ` · ${coupons.takes(quote.coupons)}` : ''}
        </span>
        <strong>{money(quote.refund)}</strong>
      </p>
      <Bad error={refund.error ?? sendBack.error} />
      {paymentOrderId === null || maySend ? (
        <button
          type="button"
          className="button wide"
          disabled={refund.isPending || sendBack.isPending || quote.refund === 0}
          onClick={giveBack}
        >
          {words[paymentOrderId === null ? 'giveBack' : 'sendBack'](money(quote.refund))}
        </button>
      ) : (
        <p className="note">{words.byOrder}</p>
      )}
    </section>
  );
}
