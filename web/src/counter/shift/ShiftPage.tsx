import { useState } from 'react';
import { tenderWords } from '../../ui/cards/words.ts';
import { decimalsOf, formatMoney, parseMoney } from '../../ui/money.ts';
import { Keypad } from '../../ui/phone/Keypad.tsx';
import { signOut, useSession } from '../../ui/session.ts';
import { formatMoment } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { type Entry, type Shift, setShift, useTill } from '../till.ts';
import { counterWords } from '../words.ts';
import { shiftWords } from './words.ts';

/** Opens, counts and closes a shift, out of what this device did itself. */
export function ShiftPage() {
  const words = useWords(shiftWords);
  const frame = useWords(counterWords);
  const { shift, entries } = useTill();
  return (
    <>
      <div>
        <h1>{words.title}</h1>
        <p className="soft">{words.localWhy}</p>
      </div>
      {shift === undefined ? (
        <CashForm
          title={words.openTitle}
          action={words.open}
          onCash={(float) => setShift({ openedAt: new Date().toISOString(), float })}
        />
      ) : (
        <OpenShift shift={shift} entries={entries.filter(({ at }) => at >= shift.openedAt)} />
      )}
      <button type="button" className="button" onClick={() => void signOut()}>
        {frame.signOut}
      </button>
    </>
  );
}

type CashFormProps = {
  readonly title: string;
  readonly action: string;
  readonly onCash: (amount: number) => void;
};

function CashForm({ title, action, onCash }: CashFormProps) {
  const { currency } = useSession().merchant;
  const [text, setText] = useState('');
  const amount = text === '' ? 0 : parseMoney(text, currency);
  const done = () => {
    if (amount !== undefined) onCash(amount);
  };
  return (
    <>
      <h2>{title}</h2>
      <output className="amount-figure">{text === '' ? '0' : text}</output>
      <Keypad text={text} onText={setText} onEnter={done} decimals={decimalsOf(currency)} />
      <button type="button" className="button main wide" disabled={amount === undefined} onClick={done}>
        {action}
      </button>
    </>
  );
}

function OpenShift({ shift, entries }: { readonly shift: Shift; readonly entries: readonly Entry[] }) {
  const words = useWords(shiftWords);
  const frame = useWords(counterWords);
  const [counted, setCounted] = useState<number>();
  const [isCounting, setCounting] = useState(false);
  const { merchant } = useSession();
  const locale = localeOf(useLanguage());
  const money = (amount: number) => formatMoney(amount, merchant.currency, locale);
  const cash = totalOf(entries, ({ kind, tender }) => kind === 'sale' && tender === 'cash');
  const expected = shift.float + cash;
  if (isCounting)
    return (
      <CashForm
        title={words.counted}
        action={words.close}
        onCash={(amount) => {
          setCounted(amount);
          setCounting(false);
        }}
      />
    );
  return (
    <>
      <dl className="pairs panel receipt">
        <Pair label={words.openedAt} value={formatMoment(shift.openedAt, locale, merchant.timezone)} />
        <Totals entries={entries} />
        <Pair label={words.float} value={money(shift.float)} />
        <Pair label={words.expected} value={money(expected)} />
        {counted === undefined ? null : (
          <>
            <Pair label={words.counted} value={money(counted)} />
            <Pair label={words.difference} value={money(counted - expected)} />
          </>
        )}
      </dl>
      {counted === undefined ? (
        <button type="button" className="button main" onClick={() => setCounting(true)}>
          {words.close}
        </button>
      ) : (
        <div className="row">
          <button type="button" className="button" onClick={() => setCounted(undefined)}>
            {frame.back}
          </button>
          <button type="button" className="button" onClick={() => print()}>
            {words.print}
          </button>
          <button type="button" className="button main" onClick={() => setShift(undefined)}>
            {words.closeNow}
          </button>
        </div>
      )}
    </>
  );
}

function totalOf(entries: readonly Entry[], of: (entry: Entry) => boolean): number {
  return entries.filter(of).reduce((sum, { amount }) => sum + amount, 0);
}

function Totals({ entries }: { readonly entries: readonly Entry[] }) {
  const words = useWords(shiftWords);
  const tenders: Readonly<Record<string, string>> = useWords(tenderWords);
  const { currency } = useSession().merchant;
  const locale = localeOf(useLanguage());
  const money = (amount: number) => formatMoney(amount, currency, locale);
  const used = [...new Set(entries.flatMap(({ tender }) => tender ?? []))];
  const back = ({ kind }: Entry) => kind === 'refund' || kind === 'reversal';
  return (
    <>
      <Pair label={words.count} value={entries.length === 0 ? words.none : String(entries.length)} />
      <Pair label={words.taken} value={money(totalOf(entries, ({ kind }) => kind === 'redeem'))} />
      <Pair label={words.refunds} value={money(totalOf(entries, back))} />
      {used.map((tender) => (
        <Pair
          key={tender}
          label={`${words.sold} · ${tenders[tender] ?? tender}`}
          value={money(totalOf(entries, (entry) => entry.kind === 'sale' && entry.tender === tender))}
        />
      ))}
    </>
  );
}

function Pair({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="money">{value}</dd>
    </div>
  );
}
