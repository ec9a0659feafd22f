import { useState } from 'react';
import { useAsk } from '../../ui/asking.ts';
import { cardStateWords, toneOf } from '../../ui/cards/words.ts';
import { decimalsOf, decimalText, formatMoney, parseMoney } from '../../ui/money.ts';
import { Keypad } from '../../ui/phone/Keypad.tsx';
import { useOnline } from '../../ui/phone/online.ts';
import { useMay, useSession } from '../../ui/session.ts';
import { formatLastDay } from '../../ui/time.ts';
import { localeOf, refusalText, useLanguage, useWords } from '../../ui/words.ts';
import { useLook } from '../look.ts';
import { Stop } from '../result/Stop.tsx';
import { useStore } from '../store.ts';
import { newReference } from '../till.ts';
import { counterWords, takeWords } from '../words.ts';
import type { Found } from './found.ts';
import { LastUse } from './LastUse.tsx';
import { Payment } from './Payment.tsx';
import { type Attempt, newAttempt } from './redeeming.ts';

/** One card that was recognised: what it is, and how much of it to take. */
export function CardAtCounter({ found, onDone }: { readonly found: Found; readonly onDone: () => void }) {
  const words = useWords(takeWords);
  const language = useLanguage();
  const store = useStore();
  const [attempt, setAttempt] = useState<Attempt>();
  const states = useWords(cardStateWords);
  const { card, code } = found;
  const may = card.allowed.redeem;
  if (may?.ok !== true)
    return (
      <Stop
        title={toneOf(card.state) === 'good' ? words.cannot : states[card.state]}
        why={refusalText(may?.reason ?? '', language)}
        onNext={onDone}
      >
        <LastUse cardId={card.cardId} />
      </Stop>
    );
  const pay = (amount: number, pin?: string) => {
    const reference = newReference('R', new Date());
    const secret = pin === undefined ? {} : { pin };
    const body = { code, ...secret, amount, currency: card.currency, storeId: store.id, reference };
    setAttempt(newAttempt(body, card.maskedCode));
  };
  if (attempt)
    return (
      <Payment
        key={attempt.key}
        attempt={attempt}
        onPin={(pin) => pay(attempt.body.amount, pin)}
        onBack={() => setAttempt(undefined)}
        onDone={onDone}
      />
    );
  return <Amount found={found} onPay={pay} onBack={onDone} />;
}

type AmountProps = {
  readonly found: Found;
  readonly onPay: (amount: number) => void;
  readonly onBack: () => void;
};

function Amount({ found: { card }, onPay, onBack }: AmountProps) {
  const words = useWords(takeWords);
  const frame = useWords(counterWords);
  const locale = localeOf(useLanguage());
  const isOnline = useOnline();
  const [text, setText] = useState('');
  const { currency } = card;
  const amount = parseMoney(text, currency) ?? 0;
  const pay = () => {
    if (amount > 0 && isOnline) onPay(amount);
  };
  return (
    <div className="amount-page">
      <CardSummary card={card} />
      <div className="amount">
        <span className="soft">{words.amount}</span>
        <output className={amount > 0 ? 'amount-figure' : 'amount-figure soft'} aria-live="polite">
          {text === ''
            ? formatMoney(0, currency, locale)
            : `${formatMoney(0, currency, locale).replace(/[\d.,]+/, '')}${text}`}
        </output>
        <button
          type="button"
          className="choice"
          onClick={() => setText(decimalText(card.available, currency))}
        >
          {words.all}
        </button>
      </div>
      <Keypad text={text} onText={setText} onEnter={pay} decimals={decimalsOf(currency)} />
      <div className="row foot">
        <button type="button" className="button" onClick={onBack}>
          {frame.cancel}
        </button>
        <button type="button" className="button main grow" disabled={amount <= 0 || !isOnline} onClick={pay}>
          {amount > 0 ? words.confirm(formatMoney(amount, currency, locale)) : words.enterAmount}
        </button>
      </div>
    </div>
  );
}

/** What the card in the customer's hand should look like. Nobody waits for it. */
function Face({ cardId }: { readonly cardId: string }) {
  const words = useWords(takeWords);
  const { hasFaces, faceOf } = useLook();
  const enabled = useMay('cards.read') && hasFaces;
  const { data: card } = useAsk('GET /v1/cards/{id}', { params: { id: cardId } }, { enabled });
  const picture = faceOf(card?.programId);
  return picture === undefined ? null : <img className="summary-face" src={picture} alt={words.face} />;
}

function CardSummary({ card }: { readonly card: Found['card'] }) {
  const words = useWords(takeWords);
  const states = useWords(cardStateWords);
  const locale = localeOf(useLanguage());
  const { timezone } = useSession().merchant;
  return (
    <section className="summary">
      <Face cardId={card.cardId} />
      <div>
        <span className="soft">{words.balance}</span>
        <strong className="summary-balance">{formatMoney(card.available, card.currency, locale)}</strong>
      </div>
      <div className="summary-side">
        <span className={`mark ${toneOf(card.state)}`}>{states[card.state]}</span>
        <span className="mono soft">…{card.maskedCode.slice(-4)}</span>
        <span className="soft">
          {card.validUntil === null
            ? words.forever
            : `${words.validThrough} ${formatLastDay(card.validUntil, locale, timezone)}`}
        </span>
      </div>
    </section>
  );
}
