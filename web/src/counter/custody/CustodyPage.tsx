import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useAsk } from '../../ui/asking.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { Done } from '../result/Done.tsx';
import { useStore } from '../store.ts';
import { Count, type Part, type Range } from './Count.tsx';
import { custodyWords } from './words.ts';

/** Cards that HQ has sent here, and what of those kept here goes back: counted by the first and the last of a box. */
export function CustodyPage() {
  const words = useWords(custodyWords);
  const store = useStore();
  const [done, setDone] = useState<{ readonly verb: 'accept' | 'return'; readonly part: Part }>();
  const [isReturning, setReturning] = useState(false);
  const locale = localeOf(useLanguage());
  const { data } = useAsk('GET /v1/custody', { query: { storeId: store.id } });
  if (done)
    return (
      <Done
        title={done.verb === 'accept' ? words.received : words.sentBack}
        figure={words.cards(done.part.quantity.toLocaleString(locale))}
        note={`${done.part.from} – ${done.part.to}`}
        entry={undefined}
        nextWord={words.next}
        onNext={() => setDone(undefined)}
      />
    );
  const at = (place: Range['place']) => (data?.items ?? []).filter((range) => range.place === place);
  const coming = at('sent');
  const held = at('held');
  if (isReturning)
    return (
      <>
        <div className="between">
          <h1>{words.giveBack}</h1>
          <button type="button" className="bar-button" onClick={() => setReturning(false)}>
            {words.keep}
          </button>
        </div>
        <p className="soft">{words.giveBackWhy}</p>
        <Count
          verb="return"
          boxes={held}
          onDone={(part) => {
            setReturning(false);
            setDone({ verb: 'return', part });
          }}
        />
        <Boxes title={words.held} boxes={held} />
      </>
    );
  return (
    <>
      <div className="between">
        <h1>{words.title}</h1>
        <Link to="/sell" className="bar-button">
          {words.toSell}
        </Link>
      </div>
      {data && coming.length === 0 ? <p className="note">{words.nothing}</p> : null}
      {coming.length === 0 ? null : (
        <Count verb="accept" boxes={coming} onDone={(part) => setDone({ verb: 'accept', part })} />
      )}
      <Boxes title={words.coming} boxes={coming} />
      <Boxes title={words.held} boxes={held} />
      {held.length === 0 ? null : (
        <button type="button" className="button" onClick={() => setReturning(true)}>
          {words.giveBack}
        </button>
      )}
      <Boxes title={words.returning} boxes={at('returning')} />
    </>
  );
}

function Boxes({ title, boxes }: { readonly title: string; readonly boxes: readonly Range[] }) {
  const words = useWords(custodyWords);
  const locale = localeOf(useLanguage());
  if (boxes.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul className="plain-list entries">
        {boxes.map(({ from, to, quantity, sold }) => (
          <li key={from}>
            <div className="entry-head">
              <strong className="mono">{`${from} – ${to}`}</strong>
              <strong className="entry-amount">{words.cards(quantity.toLocaleString(locale))}</strong>
            </div>
            {sold > 0 ? <p className="soft">{words.sold(sold.toLocaleString(locale))}</p> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
