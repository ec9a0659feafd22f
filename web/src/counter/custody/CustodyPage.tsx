import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type AnswerOf, ask, Refused } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { CodeBox } from '../../ui/phone/CodeBox.tsx';
import { signal } from '../../ui/phone/signals.ts';
import { localeOf, refusalText, useLanguage, useWords } from '../../ui/words.ts';
import { Done } from '../result/Done.tsx';
import { useStore } from '../store.ts';
import { WhyNot } from '../WhyNot.tsx';
import { counterWords } from '../words.ts';
import { custodyWords } from './words.ts';

type Range = AnswerOf<'GET /v1/custody'>['items'][number];
type Part = { readonly box: Range; readonly from: string; readonly to: string; readonly quantity: bigint };

/** Cards that HQ has sent here: counted by scanning the first and the last of a box, and what is kept here. */
export function CustodyPage() {
  const words = useWords(custodyWords);
  const store = useStore();
  const [received, setReceived] = useState<Part>();
  const locale = localeOf(useLanguage());
  const { data } = useAsk('GET /v1/custody', { query: { storeId: store.id } });
  if (received)
    return (
      <Done
        title={words.received}
        figure={words.cards(received.quantity.toLocaleString(locale))}
        note={`${received.from} – ${received.to}`}
        entry={undefined}
        nextWord={words.next}
        onNext={() => setReceived(undefined)}
      />
    );
  const at = (place: Range['place']) => (data?.items ?? []).filter((range) => range.place === place);
  const coming = at('sent');
  return (
    <>
      <div className="between">
        <h1>{words.title}</h1>
        <Link to="/sell" className="bar-button">
          {words.toSell}
        </Link>
      </div>
      {data && coming.length === 0 ? <p className="note">{words.nothing}</p> : null}
      {coming.length === 0 ? null : <Count boxes={coming} onReceived={setReceived} />}
      <Boxes title={words.coming} boxes={coming} />
      <Boxes title={words.held} boxes={at('held')} />
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

type Counting = { readonly boxes: readonly Range[]; readonly onReceived: (part: Part) => void };

/** The first card, the last card, and what lies between. */
function Count({ boxes, onReceived }: Counting) {
  const words = useWords(custodyWords);
  const locale = localeOf(useLanguage());
  const { first, last, isBusy, why, read, restart } = useScanned(boxes);
  const box = first && boxOf(boxes, first);
  if (!first || !box || !last)
    return (
      <>
        {first ? (
          <p className="note">
            {words.scanned} <span className="mono">{first}</span>
          </p>
        ) : null}
        <CodeBox
          key={first ?? 'first'}
          label={first ? words.last : words.first}
          action={words.take}
          busy={isBusy}
          onCode={(code) => void read(code)}
        />
        {why === undefined ? null : (
          <p className="note bad" role="alert">
            {why}
          </p>
        )}
      </>
    );
  const [from, to] = first <= last ? [first, last] : [last, first];
  const part: Part = { box, from, to, quantity: BigInt(to) - BigInt(from) + 1n };
  const count = part.quantity.toLocaleString(locale);
  const isWhole = from === box.from && to === box.to;
  return (
    <section className="code-box">
      <p className="mono">{`${from} – ${to}`}</p>
      <p className={isWhole ? 'note' : 'note look'} role="status">
        {isWhole ? words.all(count) : words.part(count, box.quantity.toLocaleString(locale))}
      </p>
      <Confirm part={part} onReceived={onReceived} onRestart={restart} />
    </section>
  );
}

function Confirm({
  part,
  onReceived,
  onRestart,
}: {
  readonly part: Part;
  readonly onReceived: (part: Part) => void;
  readonly onRestart: () => void;
}) {
  const words = useWords(custodyWords);
  const locale = localeOf(useLanguage());
  const store = useStore();
  const accept = useCommand('POST /v1/card-batches/{id}/custody/accept');
  // Once it is known, this box is no longer among those to come, and its page is gone: what follows must not go with it.
  const confirm = () =>
    accept
      .mutateAsync({
        params: { id: part.box.batchId },
        body: { from: part.from, to: part.to, storeId: store.id },
      })
      .then(
        () => {
          signal('good');
          onReceived(part);
        },
        () => signal('bad'),
      );
  return (
    <>
      <WhyNot error={accept.error} />
      <div className="row">
        <button type="button" className="button" onClick={onRestart}>
          {words.again}
        </button>
        <button
          type="button"
          className="button main grow"
          disabled={accept.isPending}
          onClick={() => void confirm()}
        >
          {words.confirm(part.quantity.toLocaleString(locale))}
        </button>
      </div>
    </>
  );
}

const serialForm = /^\d{1,10}$/;
const serialDigits = 10;

const boxOf = (boxes: readonly Range[], serial: string) =>
  boxes.find(({ from, to }) => from <= serial && serial <= to);

/** The serials of the two cards that were scanned: by their code, or as they are printed. */
function useScanned(boxes: readonly Range[]) {
  const words = useWords(custodyWords);
  const frame = useWords(counterWords);
  const language = useLanguage();
  const store = useStore();
  const [serials, setSerials] = useState<readonly string[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [why, setWhy] = useState<string>();
  const [first, last] = serials;
  const serialOf = async (code: string) => {
    if (serialForm.test(code)) return code.padStart(serialDigits, '0');
    const { body: found } = await ask('POST /v1/verifications', { body: { code, storeId: store.id } });
    return (await ask('GET /v1/cards/{id}', { params: { id: found.cardId } })).body.serial;
  };
  const restart = () => {
    setSerials([]);
    setWhy(undefined);
  };
  const read = async (code: string) => {
    setBusy(true);
    setWhy(undefined);
    try {
      const serial = await serialOf(code);
      const box = boxOf(boxes, serial);
      const isMixed = box !== undefined && first !== undefined && boxOf(boxes, first) !== box;
      if (box && !isMixed) return setSerials([...serials, serial]);
      signal('bad');
      if (isMixed) setSerials([]);
      setWhy(isMixed ? words.mixed : words.elsewhere);
    } catch (error) {
      signal('bad');
      setWhy(error instanceof Refused ? refusalText(error.code, language) : frame.serverGone);
    } finally {
      setBusy(false);
    }
  };
  return { first, last, isBusy, why, read, restart };
}
