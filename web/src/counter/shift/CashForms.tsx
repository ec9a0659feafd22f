import { useState } from 'react';
import { newKey, Unanswered } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { decimalsOf, parseMoney } from '../../ui/money.ts';
import { Keypad } from '../../ui/phone/Keypad.tsx';
import { useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { useDevice, useStore } from '../store.ts';
import { WhyNot } from '../WhyNot.tsx';
import { shiftWords } from './words.ts';

/** A key that stays the same until the outcome is known. */
function useAttempt() {
  const [key, setKey] = useState(newKey);
  const onError = (error: Error) => {
    if (!(error instanceof Unanswered)) setKey(newKey());
  };
  return { key, onError };
}

export function OpenShift() {
  const words = useWords(shiftWords);
  const { id: storeId } = useStore();
  const device = useDevice();
  const { key, onError } = useAttempt();
  const open = useCommand('POST /v1/shifts');
  return (
    <CashForm
      title={words.openTitle}
      action={words.open}
      isBusy={open.isPending}
      error={open.error}
      onCash={(openingFloat) =>
        open.mutate(
          { body: { storeId, openingFloat, deviceId: device?.id }, idempotencyKey: key },
          { onError },
        )
      }
    />
  );
}

export function CountShift({ id, onCounted }: { readonly id: string; readonly onCounted: () => void }) {
  const words = useWords(shiftWords);
  const { key, onError } = useAttempt();
  const count = useCommand('POST /v1/shifts/{id}/count');
  return (
    <CashForm
      title={words.countTitle}
      action={words.countDone}
      isBusy={count.isPending}
      error={count.error}
      onCash={(amount) =>
        count.mutate(
          { params: { id }, body: { amount }, idempotencyKey: key },
          { onSuccess: onCounted, onError },
        )
      }
    />
  );
}

type CashFormProps = {
  readonly title: string;
  readonly action: string;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onCash: (amount: number) => void;
};

function CashForm({ title, action, isBusy, error, onCash }: CashFormProps) {
  const { currency } = useSession().merchant;
  const [text, setText] = useState('');
  const amount = text === '' ? 0 : parseMoney(text, currency);
  const done = () => {
    if (amount !== undefined && !isBusy) onCash(amount);
  };
  return (
    <>
      <h2>{title}</h2>
      <output className="amount-figure">{text === '' ? '0' : text}</output>
      <Keypad text={text} onText={setText} onEnter={done} decimals={decimalsOf(currency)} />
      <WhyNot error={error} />
      <button
        type="button"
        className="button main wide"
        disabled={amount === undefined || isBusy}
        onClick={done}
      >
        {action}
      </button>
    </>
  );
}
