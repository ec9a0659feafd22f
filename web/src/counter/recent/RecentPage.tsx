import { useState } from 'react';
import { formatMoney } from '../../ui/money.ts';
import { useSession } from '../../ui/session.ts';
import { formatHour } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { Receipt } from '../result/Receipt.tsx';
import { type Entry, useTill } from '../till.ts';
import { GiveBack } from './GiveBack.tsx';
import { recentWords } from './words.ts';

const shownMax = 10;

/** The last ten, and what can be undone of them. */
export function RecentPage() {
  const words = useWords(recentWords);
  const { entries } = useTill();
  const [open, setOpen] = useState<{ readonly entry: Entry; readonly as: 'receipt' | 'refund' | 'undo' }>();
  if (open && open.as !== 'receipt')
    return <GiveBack entry={open.entry} whole={open.as === 'undo'} onDone={() => setOpen(undefined)} />;
  return (
    <>
      <div>
        <h1>{words.title}</h1>
        <p className="soft">{words.localWhy}</p>
      </div>
      {entries.length === 0 ? <p className="note">{words.nothing}</p> : null}
      <ul className="plain-list entries">
        {entries.slice(0, shownMax).map((entry) => (
          <EntryLine key={entry.id} entry={entry} onOpen={(as) => setOpen({ entry, as })} />
        ))}
      </ul>
      {open ? <Receipt entry={open.entry} onClose={() => setOpen(undefined)} /> : null}
    </>
  );
}

type LineProps = { readonly entry: Entry; readonly onOpen: (as: 'receipt' | 'refund' | 'undo') => void };

function EntryLine({ entry, onOpen }: LineProps) {
  const words = useWords(recentWords);
  const locale = localeOf(useLanguage());
  const { merchant, permissions } = useSession();
  const isTaken = entry.kind === 'redeem' && entry.after !== 'reversed';
  const mayRefund =
    (isTaken && permissions.includes('cards.refund')) ||
    (entry.kind === 'purchase' && permissions.includes('checkout.refund'));
  return (
    <li>
      <div className="entry-head">
        <strong>{words[entry.kind]}</strong>
        <span className="soft">{formatHour(entry.at, locale, merchant.timezone)}</span>
        {entry.after === undefined ? null : <span className="mark look">{words[entry.after]}</span>}
        <strong className="entry-amount money">
          {entry.points === undefined
            ? formatMoney(entry.amount, entry.currency, locale)
            : words.points(entry.points.toLocaleString(locale))}
        </strong>
      </div>
      <p className="soft mono entry-facts">
        {entry.reference}
        {entry.maskedCode === undefined ? '' : ` · …${entry.maskedCode.slice(-4)}`}
      </p>
      <div className="entry-foot">
        <button type="button" className="choice" onClick={() => onOpen('receipt')}>
          {words.receipt}
        </button>
        {mayRefund ? (
          <button type="button" className="choice" onClick={() => onOpen('refund')}>
            {words.doRefund}
          </button>
        ) : null}
        {isTaken && permissions.includes('cards.reverse') ? (
          <button type="button" className="choice" onClick={() => onOpen('undo')}>
            {words.undo}
          </button>
        ) : null}
      </div>
    </li>
  );
}
