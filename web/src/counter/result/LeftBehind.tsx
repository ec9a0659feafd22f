import { useState } from 'react';
import { useCommand } from '../../ui/asking.ts';
import { formatMoney } from '../../ui/money.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { setTrace, useTill } from '../till.ts';
import { resultWords } from '../words.ts';

/**
 * A payment whose outcome was still open when the page was last closed. Its code and PIN are gone with the page, so it
 * cannot be asked for again; by its reference it can be undone, which is right whether it happened or not.
 */
export function LeftBehind() {
  const words = useWords(resultWords);
  const locale = localeOf(useLanguage());
  // Only what was there when the page was opened: a payment under way now has a page of its own.
  const [trace, setLeft] = useState(useTill().trace);
  const undo = useCommand('POST /v1/reversals');
  if (!trace) return null;
  const { reference, storeId, amount, currency } = trace;
  const onUndo = () =>
    undo.mutate(
      { body: { reference, storeId }, idempotencyKey: `undo-${reference}` },
      {
        onSuccess: () => {
          setTrace(undefined);
          setLeft(undefined);
        },
      },
    );
  return (
    <section className="left-behind" role="alert">
      <p>
        <strong>{words.left2}</strong> {formatMoney(amount, currency, locale)} ·{' '}
        <span className="mono">{reference}</span>
      </p>
      <p>{words.undoWhy}</p>
      <button type="button" className="button" disabled={undo.isPending} onClick={onUndo}>
        {words.undoIt}
      </button>
    </section>
  );
}
