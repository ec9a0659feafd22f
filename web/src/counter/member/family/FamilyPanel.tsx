import { type FormEvent, useState } from 'react';
import { parseMoney } from '../../../ui/money.ts';
import { ScanButton } from '../../../ui/phone/ScanButton.tsx';
import { useWords } from '../../../ui/words.ts';
import { useStore } from '../../store.ts';
import { Bad } from '../Bad.tsx';
import { useOnce } from '../once.ts';
import type { PanelProps } from '../picture.ts';
import { familyWords } from './words.ts';

const fields = ['payerCode', 'relativeCode', 'paymentMax', 'dayMax'] as const;
type Field = (typeof fields)[number];
const nothing: Readonly<Record<Field, string>> = {
  payerCode: '',
  relativeCode: '',
  paymentMax: '',
  dayMax: '',
};

/** Lets one member pay from another's wallet, with the codes on the phones of both. */
export function FamilyPanel({ picture: { currency }, onDone }: PanelProps) {
  const words = useWords(familyWords);
  const store = useStore();
  const [typed, setTyped] = useState(nothing);
  const [withDiscount, setDiscount] = useState(false);
  const { run, isBusy, error } = useOnce('POST /v1/family-shares', 'T');
  const limitIn = (text: string) => (text.trim() === '' ? null : parseMoney(text, currency));
  const [paymentMax, dayMax] = [limitIn(typed.paymentMax), limitIn(typed.dayMax)];
  const codes = { payerCode: typed.payerCode.trim(), relativeCode: typed.relativeCode.trim() };
  const areAmounts = [paymentMax, dayMax].every(
    (limit) => limit === null || (limit !== undefined && limit > 0),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (paymentMax === undefined || dayMax === undefined) return;
    run({ body: { ...codes, storeId: store.id, paymentMax, dayMax, withDiscount } }, () =>
      onDone({ title: words.done, figure: '', note: words.doneNote }),
    );
  };
  return (
    <form className="code-box" onSubmit={submit}>
      <p className="note">{words.why}</p>
      {fields.map((field) => (
        <div key={field} className="field">
          <label htmlFor={`family-${field}`}>{words[field]}</label>
          <input
            id={`family-${field}`}
            className={field.endsWith('Code') ? 'input mono' : 'input'}
            inputMode={field.endsWith('Code') ? 'text' : 'decimal'}
            autoComplete="off"
            maxLength={128}
            value={typed[field]}
            onChange={({ target }) => setTyped((before) => ({ ...before, [field]: target.value }))}
          />
        </div>
      ))}
      <label className="tick">
        <input type="checkbox" checked={withDiscount} onChange={() => setDiscount(!withDiscount)} />
        <span>{words.withDiscount}</span>
      </label>
      <Bad error={error} />
      <button
        type="submit"
        className="button main wide"
        disabled={isBusy || codes.payerCode === '' || codes.relativeCode === '' || !areAmounts}
      >
        {words.begin}
      </button>
      <ScanButton
        onText={(text) =>
          // The first scan is of the payer, the next of the relative.
          setTyped((before) =>
            before.payerCode === '' ? { ...before, payerCode: text } : { ...before, relativeCode: text },
          )
        }
      />
    </form>
  );
}
