import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { type AnswerOf, newKey, Unanswered } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { currencySign, formatMoney, parseMoney } from '../../ui/money.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { Why } from '../kit/Why.tsx';
import { useMerchant } from '../merchant.ts';
import { topUpWords } from './words.ts';

type Channel = AnswerOf<'GET /v1/wallet/{slug}/payment-channels'>['items'][number];

/** What most people choose, in major units. */
const usual = ['100', '200', '500', '1000'] as const;
const amountMax = 10_000_000;

/** An amount and a way to pay it; then the order has a page of its own. */
export function ByPayment() {
  const words = useWords(topUpWords);
  const { slug } = useMerchant();
  const { data, error, refetch } = useAsk('GET /v1/wallet/{slug}/payment-channels', { params: { slug } });
  if (!data) return <Waiting error={error} onAgain={refetch} />;
  const [first] = data.items;
  return first ? (
    <Order channels={data.items} first={first} />
  ) : (
    <p className="note look">{words.noChannels}</p>
  );
}

/** A phone that can open the payer's app is sent there; anything larger shows a code to scan. */
function methodFor({ kind }: Channel): 'qr' | 'redirect' {
  if (kind === 'stripe' || kind === 'bank_card') return 'redirect';
  return matchMedia('(pointer: coarse) and (max-width: 640px)').matches ? 'redirect' : 'qr';
}

function Order({ channels, first }: { readonly channels: readonly Channel[]; readonly first: Channel }) {
  const words = useWords(topUpWords);
  const locale = localeOf(useLanguage());
  const { slug, currency } = useMerchant();
  const navigate = useNavigate();
  const [typed, setTyped] = useState<string>(usual[0]);
  const [channel, setChannel] = useState(first);
  const [idempotencyKey, setKey] = useState(newKey);
  const place = useCommand('POST /v1/wallet/{slug}/top-up-orders');
  const amount = parseMoney(typed, currency);
  const isGood = amount !== undefined && amount > 0 && amount <= amountMax;
  const renew = () => setKey(newKey());
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!isGood) return;
    const body = { channelId: channel.id, amount, method: methodFor(channel) };
    place.mutate(
      { params: { slug }, body, idempotencyKey },
      {
        onSuccess: ({ body: { id } }) => void navigate({ to: `/${slug}/top-up/${id}` }),
        // What a channel could not do is asked again under the same key: the order is there.
        onError: (error) => {
          if (!(error instanceof Unanswered) && !error.message.includes('unavailable')) renew();
        },
      },
    );
  };
  return (
    <form className="code-box" onSubmit={send}>
      <div className="choices">
        {usual.map((one) => (
          <button
            key={one}
            type="button"
            className="choice"
            aria-pressed={one === typed}
            onClick={() => {
              setTyped(one);
              renew();
            }}
          >
            {currencySign(currency, locale)}
            {one}
          </button>
        ))}
      </div>
      <div className="field">
        <label htmlFor="amount">{words.amount}</label>
        <input
          id="amount"
          className="input"
          inputMode="decimal"
          autoComplete="off"
          value={typed}
          aria-invalid={!isGood}
          onChange={({ target }) => {
            setTyped(target.value);
            renew();
          }}
        />
        {isGood || typed === '' ? null : <p className="soft">{words.badAmount}</p>}
      </div>
      <fieldset className="group">
        <legend>{words.channel}</legend>
        {channels.map((one) => (
          <label key={one.id} className="tick">
            <input
              type="radio"
              name="channel"
              checked={one.id === channel.id}
              onChange={() => {
                setChannel(one);
                renew();
              }}
            />
            <span>{one.name}</span>
          </label>
        ))}
      </fieldset>
      <Why error={place.error} />
      <button type="submit" className="button main" disabled={place.isPending || !isGood}>
        {place.isPending
          ? `${words.making}…`
          : words.pay(isGood ? formatMoney(amount, currency, locale) : '')}
      </button>
    </form>
  );
}
