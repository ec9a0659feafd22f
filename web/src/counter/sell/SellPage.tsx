import { useState } from 'react';
import { Refused } from '../../api/client.ts';
import { formatMoney } from '../../ui/money.ts';
import { CodeBox } from '../../ui/phone/CodeBox.tsx';
import { signal } from '../../ui/phone/signals.ts';
import { useSession } from '../../ui/session.ts';
import { localeOf, refusalText, useLanguage, useWords } from '../../ui/words.ts';
import { Done } from '../result/Done.tsx';
import { useStore } from '../store.ts';
import { type Entry, useTill } from '../till.ts';
import { counterWords, resultWords } from '../words.ts';
import { PayForCards } from './PayForCards.tsx';
import { RangeBox } from './RangeBox.tsx';
import { cardOfCode, cardsOfRange, type Sold, soldMax } from './selling.ts';
import { sellWords } from './words.ts';

/** Sells and activates: cards one by one, or a range of serials. */
export function SellPage() {
  const results = useWords(resultWords);
  const locale = localeOf(useLanguage());
  const [cards, setCards] = useState<readonly Sold[]>([]);
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
          setCards([]);
        }}
      />
    );
  return (
    <>
      <ChooseCards cards={cards} onCards={setCards} />
      {cards.length > 0 ? (
        <>
          <ChosenCards cards={cards} onCards={setCards} />
          <PayForCards key={cards.map(({ serial }) => serial).join()} cards={cards} onSold={setDoneId} />
        </>
      ) : null}
    </>
  );
}

type Chosen = { readonly cards: readonly Sold[]; readonly onCards: (cards: readonly Sold[]) => void };

function ChooseCards({ cards, onCards }: Chosen) {
  const words = useWords(sellWords);
  const frame = useWords(counterWords);
  const language = useLanguage();
  const store = useStore();
  const [mode, setMode] = useState<'single' | 'range'>('single');
  const [isBusy, setBusy] = useState(false);
  const [why, setWhy] = useState<string>();
  const look = async (work: () => Promise<string | undefined>) => {
    setBusy(true);
    const said = await work().catch((error: unknown) =>
      error instanceof Refused ? refusalText(error.code, language) : frame.serverGone,
    );
    setBusy(false);
    setWhy(said);
    if (said !== undefined) signal('bad');
  };
  const addCode = async (code: string) => {
    const { sold, refused } = await cardOfCode(code, store.id);
    if (refused !== undefined) return `${words.notForSale}: ${refusalText(refused, language)}`;
    if (!cards.some(({ serial }) => serial === sold.serial)) onCards([...cards, sold]);
    return undefined;
  };
  const addRange = async (from: bigint, to: bigint) => {
    const found = await cardsOfRange(from, to);
    if (!found) return words.tooMany(soldMax);
    if (found.length === 0) return words.notFound;
    onCards(found);
    return undefined;
  };
  return (
    <>
      <h1>{words.title}</h1>
      <div className="choices">
        {(['single', 'range'] as const).map((one) => (
          <button
            key={one}
            type="button"
            className="choice"
            aria-pressed={one === mode}
            onClick={() => {
              setMode(one);
              onCards([]);
              setWhy(undefined);
            }}
          >
            {words[one]}
          </button>
        ))}
      </div>
      {mode === 'single' ? (
        <CodeBox
          key={cards.length}
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
    </>
  );
}

const listedMax = 5;

function ChosenCards({ cards, onCards }: Chosen) {
  const words = useWords(sellWords);
  const locale = localeOf(useLanguage());
  const { currency } = useSession().merchant;
  return (
    <ul className="plain-list entries">
      {cards.slice(0, listedMax).map((card) => (
        <li key={card.serial} className="chosen">
          <span className="mono">{card.serial}</span>
          <span className="money">{formatMoney(card.price, card.currency, locale)}</span>
          <button
            type="button"
            className="bar-button"
            onClick={() => onCards(cards.filter(({ serial }) => serial !== card.serial))}
          >
            {words.remove}
          </button>
        </li>
      ))}
      {cards.length > listedMax ? (
        <li className="soft">
          … {words.cards(cards.length)},{' '}
          {formatMoney(
            cards.reduce((sum, { price }) => sum + price, 0),
            cards[0]?.currency ?? currency,
            locale,
          )}
        </li>
      ) : null}
    </ul>
  );
}
