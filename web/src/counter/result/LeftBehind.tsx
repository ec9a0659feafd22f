import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { formatMoney } from '../../ui/money.ts';
import { useMay, useSession } from '../../ui/session.ts';
import { formatMoment } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { note, setTrace, type Trace, useTill } from '../till.ts';
import { WhyNot } from '../WhyNot.tsx';
import { resultWords } from '../words.ts';

type Redemption = AnswerOf<'GET /v1/redemptions'>['items'][number];

/** How soon it is looked up again while nothing answers, in milliseconds. */
const againMs = 3_000;

/**
 * A payment whose outcome was still open when the page was last closed. Its code and PIN are gone with the page, so it
 * cannot be asked for again; it is looked up by its reference, and by that it can be undone.
 */
export function LeftBehind() {
  // Only what was there when the page was opened: a payment under way now has a page of its own.
  const [trace, setLeft] = useState(useTill().trace);
  if (!trace) return null;
  const forget = () => {
    setTrace(undefined);
    setLeft(undefined);
  };
  return <Left trace={trace} onForget={forget} />;
}

function Left({ trace, onForget }: { readonly trace: Trace; readonly onForget: () => void }) {
  const words = useWords(resultWords);
  const locale = localeOf(useLanguage());
  const { reference, storeId, amount, currency } = trace;
  const found = useAsk(
    'GET /v1/redemptions',
    { query: { reference, storeId, limit: 1 } },
    { enabled: useMay('cards.read'), everyMs: (answer) => (answer === undefined ? againMs : false) },
  );
  const undo = useCommand('POST /v1/reversals');
  const redemption = found.data?.items[0];
  const onUndo = () =>
    undo.mutate(
      { body: { reference, storeId }, idempotencyKey: `undo-${reference}` },
      { onSuccess: onForget },
    );
  const onKeep = (taken: Redemption) => {
    note({
      ...{ id: taken.id, kind: 'redeem', at: taken.occurredAt, amount, currency, reference, storeId },
      maskedCode: taken.last4 === null ? undefined : `…${taken.last4}`,
      after: taken.reversed ? 'reversed' : undefined,
    });
    onForget();
  };
  return (
    <section className="left-behind" role="alert">
      <p>
        <strong>{words.left2}</strong> {formatMoney(amount, currency, locale)} ·{' '}
        <span className="mono">{reference}</span>
      </p>
      <Outcome redemption={redemption} isKnown={found.data !== undefined} />
      <WhyNot error={undo.error} />
      <div className="row">
        {redemption?.reversed ? null : (
          <button type="button" className="button grow" disabled={undo.isPending} onClick={onUndo}>
            {words.undoIt}
          </button>
        )}
        {redemption ? (
          <button type="button" className="button main grow" onClick={() => onKeep(redemption)}>
            {redemption.reversed ? words.seen : words.keepIt}
          </button>
        ) : null}
      </div>
    </section>
  );
}

type OutcomeProps = { readonly redemption: Redemption | undefined; readonly isKnown: boolean };

/** What the server says of it: nothing is said before it answers. */
function Outcome({ redemption, isKnown }: OutcomeProps) {
  const words = useWords(resultWords);
  const locale = localeOf(useLanguage());
  const { timezone } = useSession().merchant;
  if (!isKnown) return <p>{words.lookingUp}</p>;
  if (!redemption) return <p>{words.notTakenYet}</p>;
  const at = formatMoment(redemption.occurredAt, locale, timezone);
  return <p>{redemption.reversed ? words.wasUndone(at) : words.wasTaken(at)}</p>;
}
