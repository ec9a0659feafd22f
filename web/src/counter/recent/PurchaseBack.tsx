import { type ReactNode, useState } from 'react';
import { type AnswerOf, newKey, Unanswered } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { formatMoney } from '../../ui/money.ts';
import { signal } from '../../ui/phone/signals.ts';
import { linesOf, openLines, type Pieces, usualPieces } from '../../ui/purchases/pieces.ts';
import { approvalIn } from '../../ui/waiting/approval.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import type { Entry } from '../till.ts';
import { WhyNot } from '../WhyNot.tsx';
import { counterWords } from '../words.ts';
import { type Reason, Reasons } from './Reasons.tsx';
import { Waiting } from './Waiting.tsx';
import { recentWords } from './words.ts';

type Purchase = AnswerOf<'GET /v1/purchases/{id}'>;
type Props = {
  readonly entry: Entry;
  readonly onGiven: (answer: AnswerOf<'POST /v1/purchases/{id}/refunds'>) => void;
  readonly onBack: () => void;
  /** The form that gives a sum back. */
  readonly bySum: ReactNode;
};

/** Gives goods of a purchase back, by the piece; what they come to, the server says before it is done. */
export function PurchaseBack({ entry, onGiven, onBack, bySum }: Props) {
  const { data, error } = useAsk('GET /v1/purchases/{id}', { params: { id: entry.id } });
  const [isSum, setSum] = useState(false);
  const [isWaiting, setWaiting] = useState(false);
  if (isWaiting) return <Waiting onDone={onBack} />;
  if (isSum || (data && openLines(data.lines).length === 0)) return bySum;
  if (!data) return <WhyNot error={error} />;
  return (
    <ByPieces
      purchase={data}
      onGiven={onGiven}
      onBack={onBack}
      onSum={() => setSum(true)}
      onWaiting={() => setWaiting(true)}
    />
  );
}

type PiecesProps = Pick<Props, 'onGiven' | 'onBack'> & {
  readonly purchase: Purchase;
  readonly onSum: () => void;
  readonly onWaiting: () => void;
};

function ByPieces({ purchase, onGiven, onBack, onSum, onWaiting }: PiecesProps) {
  const { id, lines, currency } = purchase;
  const words = useWords(recentWords);
  const frame = useWords(counterWords);
  const locale = localeOf(useLanguage());
  const [pieces, setPieces] = useState<Pieces>(() => usualPieces(lines));
  const [reason, setReason] = useState<Reason>('returned');
  const [key, setKey] = useState(newKey);
  const refund = useCommand('POST /v1/purchases/{id}/refunds');
  const chosen = linesOf(pieces);
  const quote = useAsk(
    'POST /v1/purchases/{id}/refund-quotes',
    { params: { id }, body: { lines: chosen } },
    { enabled: chosen.length > 0 },
  );
  const quoted = chosen.length > 0 && !quote.isPlaceholderData ? quote.data : undefined;
  const give = () =>
    refund.mutate(
      { params: { id }, body: { lines: chosen, reason: words[reason] }, idempotencyKey: key },
      {
        onSuccess: ({ status, body }) => {
          if (approvalIn(status, body) !== undefined) return onWaiting();
          signal('good');
          onGiven(body);
        },
        onError: (error) => {
          signal('bad');
          if (!(error instanceof Unanswered)) setKey(newKey());
        },
      },
    );
  return (
    <div className="amount-page">
      <h1>{words.goodsBack}</h1>
      <Lines purchase={purchase} pieces={pieces} onPieces={setPieces} />
      <Reasons reason={reason} onReason={setReason} />
      <button type="button" className="button" onClick={onSum}>
        {words.bySum}
      </button>
      <WhyNot error={refund.error ?? (chosen.length > 0 ? quote.error : null)} />
      <div className="row foot">
        <button type="button" className="button" onClick={onBack}>
          {frame.back}
        </button>
        <button
          type="button"
          className="button main grow"
          disabled={quoted === undefined || refund.isPending}
          onClick={give}
        >
          {quoted ? words.confirmRefund(formatMoney(quoted.amount, currency, locale)) : words.choose}
        </button>
      </div>
    </div>
  );
}

type LinesProps = {
  readonly purchase: Purchase;
  readonly pieces: Pieces;
  readonly onPieces: (pieces: Pieces) => void;
};

function Lines({ purchase: { lines, currency }, pieces, onPieces }: LinesProps) {
  const words = useWords(recentWords);
  const locale = localeOf(useLanguage());
  return (
    <ul className="plain-list basket">
      {openLines(lines).map(({ index, name, quantity, returned, due }) => {
        const many = pieces.get(index) ?? 0;
        const left = quantity - returned;
        const take = (wanted: number) => onPieces(new Map([...pieces, [index, wanted]]));
        return (
          <li key={index}>
            <span className="grow">
              {name}
              <span className="soft"> {words.ofPieces(formatMoney(due, currency, locale), quantity)}</span>
              {returned === 0 ? null : <span className="soft"> · {words.gone(returned)}</span>}
            </span>
            <button
              type="button"
              className="choice"
              aria-label={words.fewer(name)}
              disabled={many === 0}
              onClick={() => take(many - 1)}
            >
              −
            </button>
            <output className="money">{many}</output>
            <button
              type="button"
              className="choice"
              aria-label={words.more(name)}
              disabled={many === left}
              onClick={() => take(many + 1)}
            >
              +
            </button>
          </li>
        );
      })}
    </ul>
  );
}
