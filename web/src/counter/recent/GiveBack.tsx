import { useState } from 'react';
import { type AnswerOf, newKey, Unanswered } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { decimalsOf, decimalText, formatMoney, parseMoney } from '../../ui/money.ts';
import { Keypad } from '../../ui/phone/Keypad.tsx';
import { signal } from '../../ui/phone/signals.ts';
import { useSession } from '../../ui/session.ts';
import { approvalIn } from '../../ui/waiting/approval.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { Done } from '../result/Done.tsx';
import { type Entry, note, noteAfter, useTill } from '../till.ts';
import { WhyNot } from '../WhyNot.tsx';
import { counterWords, resultWords } from '../words.ts';
import { PurchaseBack } from './PurchaseBack.tsx';
import { type Reason, Reasons } from './Reasons.tsx';
import { Waiting } from './Waiting.tsx';
import { recentWords } from './words.ts';

type Props = { readonly entry: Entry; readonly whole: boolean; readonly onDone: () => void };
type Given = {
  readonly title: string;
  readonly amount: number;
  readonly balance: number | null;
  readonly id: string;
};

/** Gives back a part of what was taken, or undoes all of it. */
export function GiveBack({ entry, whole, onDone }: Props) {
  const results = useWords(resultWords);
  const locale = localeOf(useLanguage());
  const words = useWords(recentWords);
  const { permissions } = useSession();
  const { entries } = useTill();
  const [given, setGiven] = useState<Given>();
  if (!given)
    return whole ? (
      <Undo entry={entry} onGiven={setGiven} onBack={onDone} />
    ) : entry.kind === 'purchase' && permissions.includes('checkout.read') ? (
      <PurchaseBack
        entry={entry}
        onGiven={(answer) => {
          noteRefund(entry, { ...answer, balance: undefined });
          const isWallet = answer.tenders.every(({ tender }) => tender === 'wallet');
          const title = isWallet ? words.toWallet : results.refunded;
          setGiven({ title, amount: answer.amount, balance: null, id: answer.id });
        }}
        onBack={onDone}
        bySum={<Refund entry={entry} onGiven={setGiven} onBack={onDone} />}
      />
    ) : (
      <Refund entry={entry} onGiven={setGiven} onBack={onDone} />
    );
  const { balance } = given;
  return (
    <Done
      title={given.title}
      figure={formatMoney(given.amount, entry.currency, locale)}
      note={balance === null ? '' : results.left(formatMoney(balance, entry.currency, locale))}
      entry={entries.find(({ id }) => id === given.id)}
      onNext={onDone}
    />
  );
}

type FormProps = {
  readonly entry: Entry;
  readonly onGiven: (given: Given) => void;
  readonly onBack: () => void;
};

function Refund({ entry, onGiven, onBack }: FormProps) {
  const words = useWords(recentWords);
  const frame = useWords(counterWords);
  const results = useWords(resultWords);
  const locale = localeOf(useLanguage());
  const [text, setText] = useState(decimalText(entry.amount, entry.currency));
  const [reason, setReason] = useState<Reason>('returned');
  const [key, setKey] = useState(newKey);
  const refund = useGivingBack(entry);
  const [isWaiting, setWaiting] = useState(false);
  const amount = parseMoney(text, entry.currency) ?? 0;
  const give = () => {
    refund.give({ amount, reason: words[reason] }, key, {
      onSuccess: ({ status, body: answer }) => {
        // A refund that waits for somebody else has given nothing back yet.
        if (approvalIn(status, answer) !== undefined) return setWaiting(true);
        signal('good');
        const balance = 'balance' in answer ? answer.balance : undefined;
        noteRefund(entry, { ...answer, balance });
        const title = entry.kind === 'purchase' ? words.toWallet : results.refunded;
        onGiven({ title, amount: answer.amount, balance: balance ?? null, id: answer.id });
      },
      onError: (error) => {
        signal('bad');
        if (!(error instanceof Unanswered)) setKey(newKey());
      },
    });
  };
  if (isWaiting) return <Waiting onDone={onBack} />;
  return (
    <div className="amount-page">
      <div className="amount">
        <span className="soft">{words.refundHow}</span>
        <output className="amount-figure">{text === '' ? '0' : text}</output>
      </div>
      <Reasons reason={reason} onReason={setReason} />
      <Keypad text={text} onText={setText} onEnter={give} decimals={decimalsOf(entry.currency)} />
      <WhyNot error={refund.error} />
      <div className="row foot">
        <button type="button" className="button" onClick={onBack}>
          {frame.back}
        </button>
        <button
          type="button"
          className="button main grow"
          disabled={amount <= 0 || refund.isPending}
          onClick={give}
        >
          {words.confirmRefund(formatMoney(amount, entry.currency, locale))}
        </button>
      </div>
    </div>
  );
}

type Back = { readonly status: number; readonly body: RedemptionBack | OfPurchase };
type RedemptionBack = AnswerOf<'POST /v1/redemptions/{id}/refunds'>;
type OfPurchase = AnswerOf<'POST /v1/purchases/{id}/refunds'>;
type Hearing = { readonly onSuccess: (back: Back) => void; readonly onError: (error: Error) => void };

/** What a card paid goes back onto it; what a member paid goes back to all that paid for the purchase, the last first. */
function useGivingBack({ id, kind }: Entry) {
  const ofCard = useCommand('POST /v1/redemptions/{id}/refunds');
  const ofPurchase = useCommand('POST /v1/purchases/{id}/refunds');
  const { error, isPending } = kind === 'purchase' ? ofPurchase : ofCard;
  const give = (body: { amount: number; reason: string }, idempotencyKey: string, hearing: Hearing) => {
    const asked = { params: { id }, body, idempotencyKey };
    if (kind === 'purchase') ofPurchase.mutate(asked, hearing);
    else ofCard.mutate(asked, hearing);
  };
  return { give, error, isPending };
}

type Noted = Pick<RedemptionBack, 'id' | 'amount' | 'createdAt'> & { readonly balance: number | undefined };

function noteRefund(entry: Entry, answer: Noted): void {
  noteAfter(entry.id, 'refunded');
  const { id, amount, balance, createdAt: at } = answer;
  note({ ...entry, id, kind: 'refund', at, amount, balance, after: undefined });
}

function Undo({ entry, onGiven, onBack }: FormProps) {
  const words = useWords(recentWords);
  const frame = useWords(counterWords);
  const results = useWords(resultWords);
  const locale = localeOf(useLanguage());
  const reverse = useCommand('POST /v1/reversals');
  const undo = () =>
    reverse.mutate(
      {
        body: { reference: entry.reference, storeId: entry.storeId },
        idempotencyKey: `undo-${entry.reference}`,
      },
      {
        onSuccess: ({ body: { id, amount, balance, createdAt: at, status } }) => {
          signal('good');
          noteAfter(entry.id, 'reversed');
          note({
            ...entry,
            id,
            kind: 'reversal',
            at,
            amount,
            balance: balance ?? undefined,
            after: undefined,
          });
          const title = status === 'reversed' ? results.reversed : results.neverHappened;
          onGiven({ title, amount, balance, id });
        },
        onError: () => signal('bad'),
      },
    );
  return (
    <div className="amount-page">
      <h1>{words.undo}</h1>
      <p className="amount-figure">{formatMoney(entry.amount, entry.currency, locale)}</p>
      <p className="soft mono">{entry.reference}</p>
      <p className="note">{words.undoWhy}</p>
      <WhyNot error={reverse.error} />
      <div className="row foot">
        <button type="button" className="button" onClick={onBack}>
          {frame.back}
        </button>
        <button type="button" className="button main grow" disabled={reverse.isPending} onClick={undo}>
          {words.undo}
        </button>
      </div>
    </div>
  );
}
