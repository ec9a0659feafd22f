import { Link, useParams } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useAsk } from '../../ui/asking.ts';
import { useMay, useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { RefundDialog } from '../cards/verbs/RefundDialog.tsx';
import { Moment, Money } from '../kit/columns.tsx';
import { Failed, Guarded } from '../kit/Notes.tsx';
import { useStoreName } from '../kit/names.ts';
import { Facts, Page, Panel } from '../kit/Page.tsx';
import { useActorText } from './Actor.tsx';
import { recordWords } from './words.ts';

/** One redemption, and what went back of it. */
export function RedemptionPage() {
  return (
    <Guarded by="cards.read">
      <OneRedemption />
    </Guarded>
  );
}

function OneRedemption() {
  const words = useWords(recordWords);
  const { id } = useParams({ from: '/redemptions/$id' });
  const { data, error, refetch } = useAsk('GET /v1/redemptions/{id}', { params: { id } });
  const { merchant } = useSession();
  const storeName = useStoreName();
  const actorText = useActorText();
  const mayRefund = useMay('cards.refund');
  const mayAudit = useMay('audit.read');
  const [isRefunding, setRefunding] = useState(false);
  if (!data)
    return (
      <Page title={words.redemption}>
        {error ? <Failed error={error} again={() => void refetch()} /> : <Skeleton active />}
      </Page>
    );
  const currency = data.currency ?? merchant.currency;
  const left = (data.amount ?? 0) - data.returned;
  const refund =
    mayRefund && !data.reversed && left > 0 ? (
      <Button onClick={() => setRefunding(true)}>{words.refund}</Button>
    ) : undefined;
  return (
    <Page title={`${words.redemption} ${data.reference ?? ''}`} actions={refund}>
      <Panel title={words.facts}>
        <Facts
          items={[
            [words.when, <Moment key="when" at={data.occurredAt} />],
            [words.amount, <Money key="amount" amount={data.amount ?? 0} currency={currency} />],
            [words.returned, <Money key="returned" amount={data.returned} currency={currency} />],
            [words.state, data.reversed ? words.reversed : words.good],
            [words.store, data.storeId === null ? '–' : storeName(data.storeId)],
            [words.by, actorText(data.actor)],
            [words.card, `${data.serial ?? ''} …${data.last4 ?? ''}`],
          ]}
        />
        <ul className="links">
          {data.cardId === null ? null : (
            <li>
              <Link to="/cards/$id" params={{ id: data.cardId }}>
                {words.toCard}
              </Link>
            </li>
          )}
          {mayAudit ? (
            <li>
              <Link to="/audit/$id" params={{ id: id.replace(/^red_/, 'act_') }}>
                {words.toAudit}
              </Link>
            </li>
          ) : null}
        </ul>
      </Panel>
      {isRefunding ? (
        <RefundDialog
          redemptionId={id}
          amount={left}
          currency={currency}
          onClose={() => setRefunding(false)}
        />
      ) : null}
    </Page>
  );
}
