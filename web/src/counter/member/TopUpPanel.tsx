import { type FormEvent, useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { useCouponGift } from '../../ui/coupons/gift.ts';
import { formatMoney, parseMoney } from '../../ui/money.ts';
import { signal } from '../../ui/phone/signals.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { useStore } from '../store.ts';
import { AmountField } from './AmountField.tsx';
import { useAttempt } from './attempt.ts';
import { Bad } from './Bad.tsx';
import type { PanelProps } from './picture.ts';
import { type StoreTender, TenderChoice } from './TenderChoice.tsx';
import { memberWords } from './words.ts';

/** Tops a wallet up against money that the store has taken: what is given on top is shown before. */
export function TopUpPanel({ picture: { member, currency }, onDone }: PanelProps) {
  const words = useWords(memberWords);
  const locale = localeOf(useLanguage());
  const store = useStore();
  const noteOf = useNote();
  const [text, setText] = useState('');
  const [tender, setTender] = useState<StoreTender>('cash');
  const { key, reference, renew, failed } = useAttempt('T');
  const quote = useCommand('POST /v1/wallet-top-up-quotes');
  const topUp = useCommand('POST /v1/wallet-top-ups');
  const amount = parseMoney(text, currency);
  const facts = { memberId: member.id, storeId: store.id };
  const preview = (event: FormEvent) => {
    event.preventDefault();
    if (amount !== undefined) quote.mutate({ body: { ...facts, amount, tender } });
  };
  const money = (of: number) => formatMoney(of, currency, locale);
  const offer = quote.data?.body;
  const load = (of: number) => {
    const payment = { tender, amount: of, reference };
    topUp.mutate(
      { body: { ...facts, amount: of, payment }, idempotencyKey: key },
      {
        onSuccess: ({ body }) => {
          signal('good');
          setText('');
          quote.reset();
          renew();
          onDone({
            title: words.toppedUp,
            figure: money(body.amount + body.bonus),
            note: noteOf(body),
            entry: {
              id: body.activityId,
              kind: 'top_up',
              at: body.createdAt,
              amount: body.amount,
              currency,
              reference,
              storeId: store.id,
              balance: body.balance?.total,
              bonus: body.bonus,
              tender,
            },
          });
        },
        onError: failed,
      },
    );
  };
  return (
    <form className="code-box" onSubmit={preview}>
      <AmountField
        value={text}
        onChange={(next) => {
          setText(next);
          quote.reset();
        }}
      />
      <TenderChoice
        value={tender}
        onChoose={(one) => {
          setTender(one);
          quote.reset();
        }}
      />
      <Bad error={quote.error ?? topUp.error} />
      {offer ? (
        <>
          <Gifts offer={offer} />
          <button
            type="button"
            className="button main wide"
            disabled={topUp.isPending}
            onClick={() => load(offer.amount)}
          >
            {words.received(money(offer.amount))}
          </button>
        </>
      ) : (
        <button
          type="submit"
          className="button main wide"
          disabled={amount === undefined || amount <= 0 || quote.isPending}
        >
          {words.topUp}
        </button>
      )}
    </form>
  );
}

/** What is said of a top-up that was taken: what is on the wallet, and what came besides. */
function useNote(): (done: AnswerOf<'POST /v1/wallet-top-ups'>) => string {
  const words = useWords(memberWords);
  const giftOf = useCouponGift();
  const locale = localeOf(useLanguage());
  return ({ balance, points, coupons, currency }) =>
    [
      ...(balance === null ? [] : [words.leftOn(formatMoney(balance.total, currency, locale))]),
      ...(points > 0 ? [words.giftPoints(points.toLocaleString(locale))] : []),
      ...giftOf(coupons),
    ].join(' · ');
}

/** What comes onto the wallet, and what of it, and besides it, is a gift. */
function Gifts({ offer }: { readonly offer: AnswerOf<'POST /v1/wallet-top-up-quotes'> }) {
  const words = useWords(memberWords);
  const locale = localeOf(useLanguage());
  const giftOf = useCouponGift();
  const { amount, bonus, points, coupons, currency, ruleName } = offer;
  const gifts = [
    ...(bonus > 0 ? [words.gift(formatMoney(bonus, currency, locale))] : []),
    ...(points > 0 ? [words.giftPoints(points.toLocaleString(locale))] : []),
    ...giftOf(coupons),
  ];
  return (
    <p className="due">
      <span className="soft">{gifts.length > 0 ? `${gifts.join(' + ')} · ${ruleName}` : words.noGift}</span>
      <strong>{formatMoney(amount + bonus, currency, locale)}</strong>
    </p>
  );
}
