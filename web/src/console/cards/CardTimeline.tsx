import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import type { AnswerOf, ItemOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { Moment, Money } from '../kit/columns.tsx';
import { Failed } from '../kit/Notes.tsx';
import { useStoreName } from '../kit/names.ts';
import { eventWords } from '../records/events/words.ts';
import { RefundDialog } from './verbs/RefundDialog.tsx';
import { activityWords, cardWords, verbWords } from './words.ts';

type Card = AnswerOf<'GET /v1/cards/{id}'>;
type Activity = ItemOf<'GET /v1/cards/{id}/activities'>;

/** What happened to a card, the newest first, a page at a time. */
export function CardTimeline({ card }: { readonly card: Card }) {
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  return (
    <ol className="timeline">
      {cursors.map((cursor, place) => (
        <TimelinePage
          key={cursor ?? ''}
          card={card}
          cursor={cursor}
          isLast={place === cursors.length - 1}
          onMore={(next) => setCursors([...cursors, next])}
        />
      ))}
    </ol>
  );
}

type PageProps = {
  readonly card: Card;
  readonly cursor: string | undefined;
  readonly isLast: boolean;
  readonly onMore: (cursor: string) => void;
};

function TimelinePage({ card, cursor, isLast, onMore }: PageProps) {
  const words = useWords(cardWords);
  const { data, error, refetch } = useAsk('GET /v1/cards/{id}/activities', {
    params: { id: card.id },
    query: { cursor, limit: 20 },
  });
  if (!data) {
    return (
      <li>
        {error ? <Failed error={error} again={() => void refetch()} /> : <Skeleton active title={false} />}
      </li>
    );
  }
  const { nextCursor } = data;
  return (
    <>
      {data.items.map((activity) => (
        <Happened key={activity.id} card={card} activity={activity} />
      ))}
      {isLast && nextCursor !== null ? (
        <li>
          <Button onClick={() => onMore(nextCursor)}>{words.more}</Button>
        </li>
      ) : null}
    </>
  );
}

function Happened({ card, activity }: { readonly card: Card; readonly activity: Activity }) {
  const words = useWords(cardWords);
  const verbs = useWords(verbWords);
  const names: Readonly<Record<string, string>> = useWords(activityWords);
  const events: Readonly<Record<string, string>> = useWords(eventWords);
  const storeName = useStoreName();
  const may = useMay('cards.refund');
  const [isRefunding, setRefunding] = useState(false);
  const { details, type, amount } = activity;
  const change = activity.postings.reduce((sum, posting) => sum + posting.amount, 0);
  const redemptionId = activity.redemptionId;
  const facts = [
    activity.storeId === null ? '' : storeName(activity.storeId),
    activity.reference === null ? '' : `${words.receipt} ${activity.reference}`,
    typeof details.reason === 'string' ? `${words.whyDone}: ${details.reason}` : '',
  ].filter((text) => text !== '');
  return (
    <li>
      <div className="happened">
        <strong>{names[type] ?? events[type] ?? type}</strong>
        <Moment at={activity.occurredAt} />
        {amount === null ? null : (
          <span className="happened-amount">
            <Money amount={change === 0 ? amount : change} currency={card.currency} />
          </span>
        )}
      </div>
      <p className="soft small">{facts.join(' · ')}</p>
      {redemptionId !== null && may ? (
        <Button size="small" onClick={() => setRefunding(true)}>
          {verbs.refund}
        </Button>
      ) : null}
      {isRefunding && redemptionId !== null ? (
        <RefundDialog
          redemptionId={redemptionId}
          amount={amount ?? 0}
          currency={card.currency}
          onClose={() => setRefunding(false)}
        />
      ) : null}
    </li>
  );
}
