import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type AnswerOf, Refused } from '../../api/client.ts';
import { formatMoney } from '../../ui/money.ts';
import { CodeBox } from '../../ui/phone/CodeBox.tsx';
import { signal } from '../../ui/phone/signals.ts';
import { useMay } from '../../ui/session.ts';
import { localeOf, refusalText, useLanguage, useWords } from '../../ui/words.ts';
import { Done } from '../result/Done.tsx';
import { useStore } from '../store.ts';
import { type Entry, useTill } from '../till.ts';
import { counterWords, resultWords } from '../words.ts';
import { PayForCards } from './PayForCards.tsx';
import { RangeBox } from './RangeBox.tsx';
import { type Quoted, quoteOf, quoteOfRange, serialOfCode, soldMax } from './selling.ts';
import { sellWords } from './words.ts';

/** Sells and activates: cards one by one, or a range of serials. */
export function SellPage() {
  const results = useWords(resultWords);
  const locale = localeOf(useLanguage());
  const [quote, setQuote] = useState<Quoted>();
  const [doneId, setDoneId] = useState<string>();
  const { entries } = useTill();
  const done: Entry | undefined = entries.find(({ id }) => id === doneId);
  if (done)
    return (
      <Done
        title={results.sold}
        figure={formatMoney(done.amount, done.currency, locale)}
        note={results.cards(done.cards ?? 0)}
        entry={done}
        onNext={() => {
          setDoneId(undefined);
          setQuote(undefined);
        }}
      />
    );
  return (
    <>
      <ChooseCards quote={quote} onQuote={setQuote} />
      {quote && quote.cards.length > 0 ? (
        <PayForCards key={quote.cards.map(({ serial }) => serial).join()} quote={quote} onSold={setDoneId} />
      ) : null}
    </>
  );
}

type Chosen = {
  readonly quote: Quoted | undefined;
  readonly onQuote: (quote: Quoted | undefined) => void;
};
type Left = AnswerOf<'POST /v1/activation-quotes'>['rejected'];

function ChooseCards({ quote, onQuote }: Chosen) {
  const words = useWords(sellWords);
  const [mode, setMode] = useState<'single' | 'range'>('single');
  const [left, setLeft] = useState<Left>([]);
  const store = useStore();
  const mayRecharge = useMay('rechargecards.use');
  const mayReceive = useMay('custody.store');
  const { isBusy, why, look, clear } = useLook();
  const chosen = quote?.cards.map(({ serial }) => serial) ?? [];
  const price = async (serials: readonly string[]): Promise<Why> => {
    setLeft([]);
    if (serials.length === 0) {
      onQuote(undefined);
      return undefined;
    }
    const found = await quoteOf(serials, store.id);
    onQuote(found);
    // What may be sold by itself may still not be sold in this store.
    const reason = found.rejected[0]?.reason;
    return reason === undefined ? undefined : { refused: reason };
  };
  const addCode = async (code: string) => {
    const { serial, refused } = await serialOfCode(code, store.id);
    return refused === undefined ? price([...new Set([...chosen, serial])]) : { refused };
  };
  const addRange = async (from: bigint, to: bigint) => {
    const found = await quoteOfRange(from, to, store.id);
    if (!found) return { said: words.tooMany(soldMax) };
    setLeft(found.rejected);
    onQuote(found);
    return undefined;
  };
  return (
    <>
      <div className="between">
        <h1>{words.title}</h1>
        <span>
          {mayReceive ? (
            <Link to="/boxes" className="bar-button">
              {words.boxes}
            </Link>
          ) : null}
          {mayRecharge ? (
            <Link to="/recharge" className="bar-button">
              {words.recharge}
            </Link>
          ) : null}
        </span>
      </div>
      <div className="choices">
        {(['single', 'range'] as const).map((one) => (
          <button
            key={one}
            type="button"
            className="choice"
            aria-pressed={one === mode}
            onClick={() => {
              setMode(one);
              onQuote(undefined);
              setLeft([]);
              clear();
            }}
          >
            {words[one]}
          </button>
        ))}
      </div>
      {mode === 'single' ? (
        <CodeBox
          key={chosen.length}
          label={words.codeOrSerial}
          action={words.add}
          busy={isBusy}
          onCode={(code) => void look(() => addCode(code))}
        />
      ) : (
        <RangeBox busy={isBusy} onRange={(from, to) => void look(() => addRange(from, to))} />
      )}
      {why === undefined ? null : (
        <p className="note bad" role="alert">
          {why}
        </p>
      )}
      <LeftOut left={left} />
      {quote && chosen.length > 0 ? (
        <ChosenCards
          quote={quote}
          busy={isBusy}
          onRemove={(gone) => void look(() => price(chosen.filter((serial) => serial !== gone)))}
        />
      ) : null}
    </>
  );
}

type Why = { readonly refused: string } | { readonly said: string } | undefined;

/** One look-up at a time, and why the last one came to nothing. */
function useLook() {
  const words = useWords(sellWords);
  const frame = useWords(counterWords);
  const language = useLanguage();
  const [isBusy, setBusy] = useState(false);
  const [why, setWhy] = useState<string>();
  const look = async (work: () => Promise<Why>) => {
    setBusy(true);
    const came = await work().catch((error: unknown) =>
      error instanceof Refused ? { said: refusalText(error.code, language) } : { said: frame.serverGone },
    );
    setBusy(false);
    setWhy(
      came && ('said' in came ? came.said : `${words.notForSale}: ${refusalText(came.refused, language)}`),
    );
    if (came) signal('bad');
  };
  return { isBusy, why, look, clear: () => setWhy(undefined) };
}

const listedMax = 5;

/** What of a range cannot be sold, and why. */
function LeftOut({ left }: { readonly left: Left }) {
  const words = useWords(sellWords);
  const language = useLanguage();
  if (left.length === 0) return null;
  return (
    <div className="note bad" role="alert">
      {words.leftOut(left.length)}
      <ul className="plain-list">
        {left.slice(0, listedMax).map(({ index, serial, reason }) => (
          <li key={index}>
            <span className="mono">{serial}</span> {refusalText(reason, language)}
          </li>
        ))}
        {left.length > listedMax ? <li>…</li> : null}
      </ul>
    </div>
  );
}

function ChosenCards({
  quote: { amount, currency, cards },
  busy,
  onRemove,
}: {
  readonly quote: Quoted;
  readonly busy: boolean;
  readonly onRemove: (serial: string) => void;
}) {
  const words = useWords(sellWords);
  const locale = localeOf(useLanguage());
  return (
    <ul className="plain-list entries">
      {cards.slice(0, listedMax).map((card) => (
        <li key={card.serial} className="chosen">
          <span className="mono">{card.serial}</span>
          <span className="money">{formatMoney(card.salePrice, currency, locale)}</span>
          <button type="button" className="bar-button" disabled={busy} onClick={() => onRemove(card.serial)}>
            {words.remove}
          </button>
        </li>
      ))}
      {cards.length > listedMax ? (
        <li className="soft">
          … {words.cards(cards.length)}, {formatMoney(amount, currency, locale)}
        </li>
      ) : null}
    </ul>
  );
}
