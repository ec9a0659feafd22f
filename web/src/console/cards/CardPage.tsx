import { Link, useParams } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { LastDay, Moment, Money } from '../kit/columns.tsx';
import { Failed, Guarded } from '../kit/Notes.tsx';
import { useProgramName, useStoreName } from '../kit/names.ts';
import { Facts, Page, Panel } from '../kit/Page.tsx';
import { CardState } from './CardState.tsx';
import { CardTimeline } from './CardTimeline.tsx';
import { CardVerbs } from './CardVerbs.tsx';
import { cardWords } from './words.ts';

type Card = AnswerOf<'GET /v1/cards/{id}'>;

export function CardPage() {
  const { id } = useParams({ strict: false });
  return <Guarded by="cards.read">{id === undefined ? null : <OneCard id={id} />}</Guarded>;
}

function OneCard({ id }: { readonly id: string }) {
  const words = useWords(cardWords);
  const { data: card, error, refetch } = useAsk('GET /v1/cards/{id}', { params: { id } });
  if (error) return <Failed error={error} again={() => void refetch()} />;
  if (!card) return <Skeleton active />;
  return (
    <Page title={words.cardTitle(card.serial)} lead={<CardState state={card.state} />}>
      <div className="columns">
        <div>
          <BalancePanel card={card} />
          <Panel title={words.timeline}>
            <CardTimeline card={card} />
          </Panel>
        </div>
        <div>
          <Panel title={words.actions}>
            <CardVerbs card={card} />
          </Panel>
          <CardFacts card={card} />
          <Lots card={card} />
        </div>
      </div>
    </Page>
  );
}

function BalancePanel({ card }: { readonly card: Card }) {
  const words = useWords(cardWords);
  const { currency } = card;
  return (
    <section className="panel figures">
      <Figure label={words.balance} value={<Money amount={card.balance} currency={currency} />} big />
      <Figure label={words.available} value={<Money amount={card.available} currency={currency} />} />
      <Figure label={words.held} value={<Money amount={card.held} currency={currency} />} />
      <Figure label={words.loaded} value={<Money amount={card.loaded} currency={currency} />} />
    </section>
  );
}

function Figure({
  label,
  value,
  big = false,
}: {
  readonly label: string;
  readonly value: ReactNode;
  readonly big?: boolean;
}) {
  return (
    <div className={big ? 'figure big' : 'figure'}>
      <span className="soft">{label}</span>
      <strong>{value}</strong>
    </div>
  );
}

function CardFacts({ card }: { readonly card: Card }) {
  const words = useWords(cardWords);
  const programName = useProgramName();
  const storeName = useStoreName();
  const other = (id: string) => (
    <Link to="/cards/$id" params={{ id }}>
      …{id.slice(-6)}
    </Link>
  );
  const items: (readonly [string, ReactNode] | undefined)[] = [
    [
      words.code,
      <span key="code" className="mono">
        {card.maskedCode}
      </span>,
    ],
    [
      words.program,
      <Link key="program" to="/programs/$id" params={{ id: card.programId }}>
        {programName(card.programId)} · v{card.programVersion}
      </Link>,
    ],
    [words.faceValue, <Money key="face" amount={card.faceValue} currency={card.currency} />],
    [
      words.validThrough,
      card.validUntil === null ? (
        card.activatedAt === null ? (
          '–'
        ) : (
          words.forever
        )
      ) : (
        <LastDay key="end" before={card.validUntil} />
      ),
    ],
    card.activatedAt === null ? undefined : [words.activatedAt, <Moment key="at" at={card.activatedAt} />],
    card.soldStoreId === null ? undefined : [words.soldAt, storeName(card.soldStoreId)],
    card.batchId === null
      ? undefined
      : [
          words.batch,
          <Link key="batch" to="/cards" search={{ batchId: card.batchId }}>
            …{card.batchId.slice(-6)}
          </Link>,
        ],
    card.holder === null ? undefined : [words.holder, card.holder],
    card.replaces === null ? undefined : [words.replaces, other(card.replaces)],
    card.replacedBy === null ? undefined : [words.replacedBy, other(card.replacedBy)],
  ];
  return (
    <Panel>
      <Facts items={items.filter((item) => item !== undefined)} />
    </Panel>
  );
}

function Lots({ card }: { readonly card: Card }) {
  const words = useWords(cardWords);
  const may = useMay('ledger.read');
  const { data } = useAsk('GET /v1/ledger/accounts', { query: { ownerId: card.id } }, { enabled: may });
  if (!data || data.items.length === 0) return null;
  return (
    <Panel title={words.lots}>
      <p className="soft small">{words.lotsWhy}</p>
      <ul className="lots">
        {data.items.map((lot) => (
          <li key={lot.id}>
            <Link to="/ledger" search={{ ownerId: card.id }} className="mono">
              …{lot.id.slice(-8)}
            </Link>
            <Money amount={lot.balance} currency={card.currency} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
