import { useState } from 'react';
import { type AnswerOf, ask, Refused } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { CodeBox } from '../../ui/phone/CodeBox.tsx';
import { signal } from '../../ui/phone/signals.ts';
import { localeOf, refusalText, useLanguage, useWords } from '../../ui/words.ts';
import { useStore } from '../store.ts';
import { WhyNot } from '../WhyNot.tsx';
import { counterWords } from '../words.ts';
import { custodyWords } from './words.ts';

export type Range = AnswerOf<'GET /v1/custody'>['items'][number];
export type Part = {
  readonly box: Range;
  readonly from: string;
  readonly to: string;
  readonly quantity: bigint;
};

type Counting = {
  /** Received here, or sent back to HQ. */
  readonly verb: 'accept' | 'return';
  /** Of these. */
  readonly boxes: readonly Range[];
  readonly onDone: (part: Part) => void;
};

/** The first card, the last card, and what lies between. */
export function Count({ verb, boxes, onDone }: Counting) {
  const words = useWords(custodyWords);
  const locale = localeOf(useLanguage());
  const { first, last, isBusy, why, read, restart } = useScanned(verb, boxes);
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
  const said = { accept: { part: words.part }, return: { part: words.returnPart } };
  return (
    <section className="code-box">
      <p className="mono">{`${from} – ${to}`}</p>
      <p className={isWhole || verb === 'return' ? 'note' : 'note look'} role="status">
        {isWhole ? words.all(count) : said[verb].part(count, box.quantity.toLocaleString(locale))}
      </p>
      {verb === 'return' && box.sold > 0 ? (
        <p className="note look">{words.mindSold(box.sold.toLocaleString(locale))}</p>
      ) : null}
      <Confirm verb={verb} part={part} onDone={onDone} onRestart={restart} />
    </section>
  );
}

function Confirm({
  verb,
  part,
  onDone,
  onRestart,
}: Pick<Counting, 'verb' | 'onDone'> & {
  readonly part: Part;
  readonly onRestart: () => void;
}) {
  const words = useWords(custodyWords);
  const locale = localeOf(useLanguage());
  const store = useStore();
  const commands = {
    accept: useCommand('POST /v1/card-batches/{id}/custody/accept'),
    return: useCommand('POST /v1/card-batches/{id}/custody/return'),
  };
  const command = commands[verb];
  const label = { accept: words.confirm, return: words.confirmReturn }[verb];
  // Once it is known, this box is no longer among those to come, and its page is gone: what follows must not go with it.
  const confirm = () =>
    command
      .mutateAsync({
        params: { id: part.box.batchId },
        body: { from: part.from, to: part.to, storeId: store.id },
      })
      .then(
        () => {
          signal('good');
          onDone(part);
        },
        () => signal('bad'),
      );
  return (
    <>
      <WhyNot error={command.error} />
      <div className="row">
        <button type="button" className="button" onClick={onRestart}>
          {words.again}
        </button>
        <button
          type="button"
          className="button main grow"
          disabled={command.isPending}
          onClick={() => void confirm()}
        >
          {label(part.quantity.toLocaleString(locale))}
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
function useScanned(verb: Counting['verb'], boxes: readonly Range[]) {
  const words = useWords(custodyWords);
  const frame = useWords(counterWords);
  const language = useLanguage();
  const store = useStore();
  const [serials, setSerials] = useState<readonly string[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [why, setWhy] = useState<string>();
  const [first, last] = serials;
  const serialOf = async (code: string) => {
    // The box shows what is typed in groups.
    const plain = code.replaceAll('-', '');
    if (serialForm.test(plain)) return plain.padStart(serialDigits, '0');
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
      setWhy(isMixed ? words.mixed : verb === 'accept' ? words.elsewhere : words.notHeld);
    } catch (error) {
      signal('bad');
      setWhy(error instanceof Refused ? refusalText(error.code, language) : frame.serverGone);
    } finally {
      setBusy(false);
    }
  };
  return { first, last, isBusy, why, read, restart };
}
