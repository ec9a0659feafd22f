import { useState } from 'react';
import { type AnswerOf, newKey, Unanswered } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useTenderName } from '../../ui/cards/tenders.ts';
import { formatMoney } from '../../ui/money.ts';
import { useSession } from '../../ui/session.ts';
import { formatMoment } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { WhyNot } from '../WhyNot.tsx';
import { Pair } from './Pair.tsx';
import { shiftWords } from './words.ts';

type Report = AnswerOf<'GET /v1/counter/shifts/{id}'>;

/** What a counted shift took, beside what was counted; a difference needs its reason. */
export function CloseShift({
  id,
  onClosing,
  onClosed,
}: {
  readonly id: string;
  readonly onClosing: () => void;
  readonly onClosed: () => void;
}) {
  const words = useWords(shiftWords);
  const [reason, setReason] = useState('');
  const [key, setKey] = useState(newKey);
  const { data, error } = useAsk('GET /v1/counter/shifts/{id}', { params: { id } });
  const close = useCommand('POST /v1/shifts/{id}/close');
  if (error && !data) return <WhyNot error={error} />;
  if (!data) return <p className="soft">{words.loading}…</p>;
  // Somebody may have closed it at the desk meanwhile.
  if (data.state === 'closed')
    return (
      <>
        <ReportPairs report={data} />
        <button type="button" className="button main" onClick={onClosed}>
          {words.again}
        </button>
      </>
    );
  const run = () => {
    onClosing();
    const body = reason.trim() === '' ? {} : { reason: reason.trim() };
    close.mutate(
      { params: { id }, body, idempotencyKey: key },
      {
        onSuccess: onClosed,
        onError: (failure) => {
          if (!(failure instanceof Unanswered)) setKey(newKey());
        },
      },
    );
  };
  return (
    <>
      <ReportPairs report={data} />
      <div className="field">
        <label htmlFor="shift-reason">{words.reason}</label>
        <input
          id="shift-reason"
          className="input"
          value={reason}
          maxLength={500}
          placeholder={words.reasonHint}
          onChange={({ target }) => setReason(target.value)}
        />
      </div>
      <WhyNot error={close.error} />
      <button type="button" className="button main" disabled={close.isPending} onClick={run}>
        {words.close}
      </button>
    </>
  );
}

/** The shift as it was closed, for the envelope that goes with the cash. */
export function ClosedShift({ id, onNext }: { readonly id: string; readonly onNext: () => void }) {
  const words = useWords(shiftWords);
  const { data } = useAsk('GET /v1/counter/shifts/{id}', { params: { id } });
  return (
    <>
      <h2 role="status">{words.closed}</h2>
      {data ? <ReportPairs report={data} /> : null}
      <div className="row">
        <button type="button" className="button" onClick={() => print()}>
          {words.print}
        </button>
        <button type="button" className="button main grow" onClick={onNext}>
          {words.again}
        </button>
      </div>
    </>
  );
}

const kinds = [
  'sold',
  'reloaded',
  'toppedUp',
  'recharged',
  'memberships',
  'purchased',
  'returned',
  'redeemed',
  'refunded',
  'reversed',
] as const;

function ReportPairs({ report }: { readonly report: Report }) {
  const words = useWords(shiftWords);
  const tenderName = useTenderName();
  const locale = localeOf(useLanguage());
  const { timezone } = useSession().merchant;
  const { currency, takings, openingFloat, expected, counted, difference } = report;
  const money = (amount: number | null) => (amount === null ? '–' : formatMoney(amount, currency, locale));
  return (
    <dl className="pairs panel receipt">
      <Pair label={words.openedAt} value={formatMoment(report.openedAt, locale, timezone)} />
      {takings
        ? kinds.flatMap((kind) =>
            takings[kind].map((line) => {
              const tender = 'tender' in line ? ` · ${tenderName(line.tender)}` : '';
              const label = `${words[kind]}${tender} × ${String(line.count)}`;
              return (
                <Pair
                  key={`${label} ${line.currency}`}
                  label={label}
                  value={formatMoney(line.amount, line.currency, locale)}
                />
              );
            }),
          )
        : null}
      <Pair label={words.float} value={money(openingFloat)} />
      <Pair label={words.expected} value={money(expected)} />
      <Pair label={words.counted} value={money(counted)} />
      <Pair label={words.difference} value={money(difference)} />
    </dl>
  );
}
