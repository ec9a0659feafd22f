import { useState } from 'react';
import { type AnswerOf, newKey, Refused, Unanswered } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { tenderWords } from '../../ui/cards/words.ts';
import { formatMoney } from '../../ui/money.ts';
import { useOnline } from '../../ui/phone/online.ts';
import { signal } from '../../ui/phone/signals.ts';
import { localeOf, refusalText, useLanguage, useWords } from '../../ui/words.ts';
import { useStore } from '../store.ts';
import { newReference, note } from '../till.ts';
import type { Quoted } from './selling.ts';
import { sellWords } from './words.ts';

type Answer = AnswerOf<'POST /v1/cards/activate'>;
const tenders = ['cash', 'wechat_pay', 'alipay', 'bank_card'] as const;

/** Takes the money for cards and activates them, all or none. */
export function PayForCards({
  quote: { amount: due, currency, cards },
  onSold,
}: {
  readonly quote: Quoted;
  readonly onSold: (id: string) => void;
}) {
  const words = useWords(sellWords);
  const names = useWords(tenderWords);
  const locale = localeOf(useLanguage());
  const store = useStore();
  const isOnline = useOnline();
  const [tender, setTender] = useState<(typeof tenders)[number]>('cash');
  const [reference, setReference] = useState(() => newReference('S', new Date()));
  const [key, setKey] = useState(newKey);
  const [rejected, setRejected] = useState<Answer['rejected']>([]);
  const activate = useCommand('POST /v1/cards/activate');
  const sell = () => {
    const payment = { tender, amount: due, reference };
    const list = cards.map(({ serial }) => ({ serial }));
    activate.mutate(
      { body: { cards: list, storeId: store.id, payment, allOrNone: true }, idempotencyKey: key },
      {
        onSuccess: ({ body: { id, rejected: left, activated, amount } }) => {
          setRejected(left);
          signal(id === null ? 'bad' : 'good');
          if (id === null) return setKey(newKey());
          const at = new Date().toISOString();
          note({
            id,
            kind: 'sale',
            at,
            amount,
            currency,
            reference,
            storeId: store.id,
            tender,
            cards: activated,
          });
          return onSold(id);
        },
        onError: (error) => {
          signal('bad');
          if (!(error instanceof Unanswered)) setKey(newKey());
        },
      },
    );
  };
  return (
    <>
      <fieldset className="choices" aria-label={words.tender}>
        {tenders.map((one) => (
          <button
            key={one}
            type="button"
            className="choice"
            aria-pressed={one === tender}
            onClick={() => setTender(one)}
          >
            {names[one]}
          </button>
        ))}
      </fieldset>
      {tender === 'cash' ? null : (
        <div className="field">
          <label htmlFor="payment-reference">{words.paymentReference}</label>
          <input
            id="payment-reference"
            className="input mono"
            maxLength={64}
            value={reference}
            onChange={({ target }) => setReference(target.value)}
          />
        </div>
      )}
      <Refusals error={activate.error} rejected={rejected} />
      <p className="due">
        <span className="soft">
          {words.due} · {words.cards(cards.length)}
        </span>
        <strong>{formatMoney(due, currency, locale)}</strong>
      </p>
      <button
        type="button"
        className="button main wide"
        disabled={activate.isPending || !isOnline || reference === ''}
        onClick={sell}
      >
        {activate.isPending ? `${words.sending}…` : words.confirm(formatMoney(due, currency, locale))}
      </button>
    </>
  );
}

function Refusals({
  error,
  rejected,
}: {
  readonly error: Error | null;
  readonly rejected: Answer['rejected'];
}) {
  const words = useWords(sellWords);
  const language = useLanguage();
  if (error === null && rejected.length === 0) return null;
  return (
    <div className="note bad" role="alert">
      {error === null ? (
        <>
          {words.rejected}
          <ul className="plain-list">
            {rejected.map(({ index, serial, reason }) => (
              <li key={index}>
                <span className="mono">{serial}</span> {refusalText(reason, language)}
              </li>
            ))}
          </ul>
        </>
      ) : error instanceof Refused ? (
        refusalText(error.code, language)
      ) : (
        words.unanswered
      )}
    </div>
  );
}
