import { Link, useParams } from '@tanstack/react-router';
import { Skeleton, Table } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { useMay, useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { useFieldName, useShown } from '../approvals/shown.tsx';
import { Moment, Money } from '../kit/columns.tsx';
import { Failed, Guarded, Nothing } from '../kit/Notes.tsx';
import { useStoreName } from '../kit/names.ts';
import { Facts, Page, Panel } from '../kit/Page.tsx';
import { WideTable } from '../kit/WideTable.tsx';
import { purposeWords } from '../money/words.ts';
import { useActorText } from './Actor.tsx';
import { eventWords } from './events/words.ts';
import { auditWords, recordWords } from './words.ts';

type Activity = AnswerOf<'GET /v1/activities/{id}'>;

/** One thing that happened, with the postings behind its figures. */
export function ActivityPage() {
  return (
    <Guarded by="audit.read">
      <OneActivity />
    </Guarded>
  );
}

function OneActivity() {
  const words = useWords(auditWords);
  const events: Readonly<Record<string, string>> = useWords(eventWords);
  const { id } = useParams({ from: '/audit/$id' });
  const { data, error, refetch } = useAsk('GET /v1/activities/{id}', { params: { id } });
  if (!data)
    return (
      <Page title={words.title}>
        {error ? <Failed error={error} again={() => void refetch()} /> : <Skeleton active />}
      </Page>
    );
  return (
    <Page title={events[data.type] ?? data.type} lead={<Moment at={data.occurredAt} />}>
      <div className="columns">
        <div>
          <Postings postings={data.postings} />
          <Details details={data.details} />
        </div>
        <AboutIt activity={data} />
      </div>
    </Page>
  );
}

function Postings({ postings }: Pick<Activity, 'postings'>) {
  const words = useWords(auditWords);
  const records = useWords(recordWords);
  const purposes: Readonly<Record<string, string>> = useWords(purposeWords);
  const show = useShown({});
  if (postings.length === 0)
    return (
      <Panel title={words.postings}>
        <Nothing text={words.noPostings} />
      </Panel>
    );
  type Posting = Activity['postings'][number];
  return (
    <Panel title={words.postings}>
      <p className="soft small">{words.postingsWhy}</p>
      <WideTable>
        <Table<Posting>
          size="small"
          pagination={false}
          rowKey="accountId"
          dataSource={postings}
          columns={[
            {
              title: words.account,
              render: (_: unknown, { accountId }) => <span className="mono">…{accountId.slice(-8)}</span>,
            },
            { title: words.purpose, render: (_: unknown, { purpose }) => purposes[purpose] ?? purpose },
            {
              title: words.owner,
              render: (_: unknown, { ownerId }) => show('ownerId', ownerId),
            },
            {
              title: records.amount,
              align: 'right',
              render: (_: unknown, { amount, asset }) => <Money amount={amount} currency={asset} />,
            },
            {
              title: words.balanceAfter,
              align: 'right',
              render: (_: unknown, { balanceAfter, asset }) =>
                balanceAfter === null ? (
                  <span className="none">–</span>
                ) : (
                  <Money amount={balanceAfter} currency={asset} />
                ),
            },
          ]}
        />
      </WideTable>
    </Panel>
  );
}

function Details({ details }: Pick<Activity, 'details'>) {
  const words = useWords(auditWords);
  const fieldName = useFieldName();
  const show = useShown(details);
  const entries = Object.entries(details);
  if (entries.length === 0) return null;
  return (
    <Panel title={words.details}>
      <Facts
        items={entries.map(([name, value]) => [fieldName(name), <div key={name}>{show(name, value)}</div>])}
      />
    </Panel>
  );
}

function AboutIt({ activity }: { readonly activity: Activity }) {
  const words = useWords(auditWords);
  const records = useWords(recordWords);
  const storeName = useStoreName();
  const actorText = useActorText();
  const { merchant } = useSession();
  const show = useShown({});
  const mayPurchase = useMay('checkout.read');
  const { storeId, cardId, serial, amount, currency, reference, subjectId } = activity;
  const purchase = purchaseOf(activity);
  return (
    <Panel title={records.facts}>
      <Facts
        items={[
          [records.by, actorText(activity.actor)],
          [records.store, storeId === null ? '–' : storeName(storeId)],
          ...(amount === null
            ? []
            : ([
                [records.amount, <Money key="a" amount={amount} currency={currency ?? merchant.currency} />],
              ] as const)),
          [
            words.subject,
            cardId === null ? (
              <span key="subject">{show('subjectId', subjectId)}</span>
            ) : (
              <Link key="card" to="/cards/$id" params={{ id: cardId }} className="mono">
                {serial}
              </Link>
            ),
          ],
          [records.reference, reference ?? '–'],
          [
            words.id,
            <span key="id" className="mono small">
              {activity.id}
            </span>,
          ],
        ]}
      />
      {mayPurchase && purchase !== undefined ? (
        <ul className="links">
          <li>
            <Link to="/purchases/$id" params={{ id: purchase.replace(/^act_/, 'pur_') }}>
              {words.toPurchase}
            </Link>
          </li>
        </ul>
      ) : null}
    </Panel>
  );
}

/** The entry of the purchase that this one is about: itself, or what a refund gives back. */
function purchaseOf({ type, id, relatedId }: Activity): string | undefined {
  if (type === 'purchase.made') return id;
  return type === 'purchase.refunded' ? (relatedId ?? undefined) : undefined;
}
