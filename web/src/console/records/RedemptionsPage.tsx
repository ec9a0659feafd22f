import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { drawnNumber } from '../../ui/money.ts';
import { useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { type Column, Money, momentColumn, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { useStoreName } from '../kit/names.ts';
import { Page } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { WhichList } from '../kit/WhichList.tsx';
import { type Acted, useActorText } from './Actor.tsx';
import { RecordFilters, recordFilters } from './Filters.tsx';
import { recordWords } from './words.ts';

type Redemption = ItemOf<'GET /v1/redemptions'>;
type Refund = ItemOf<'GET /v1/refunds'>;

/** What was taken from cards, and what went back. */
export function RedemptionsPage() {
  const words = useWords(recordWords);
  const { values, set } = useFilters(['list', ...recordFilters]);
  const { list, ...query } = values;
  const isRefunds = list === 'refunds';
  const filters = <RecordFilters values={query} set={set} />;
  return (
    <Guarded by="cards.read">
      <Page title={words.title} lead={words.lead}>
        <WhichList
          value={isRefunds ? 'refunds' : 'redemptions'}
          onChoose={(wanted) => set({ list: wanted })}
          lists={[
            { value: 'redemptions', label: words.redemptions },
            { value: 'refunds', label: words.refunds },
          ]}
        />
        {isRefunds ? (
          <Refunds query={query} filters={filters} />
        ) : (
          <Redemptions query={query} filters={filters} />
        )}
      </Page>
    </Guarded>
  );
}

type ListProps = {
  readonly query: { readonly [name: string]: string };
  readonly filters: ReactNode;
};

function Redemptions({ query, filters }: ListProps) {
  const words = useWords(recordWords);
  const navigate = useNavigate();
  const { currency } = useSession().merchant;
  const columns: readonly Column<Redemption>[] = [
    ...useSharedColumns(),
    {
      key: 'returned',
      title: words.returned,
      align: 'right',
      show: (row) =>
        row.returned === 0 ? (
          <span className="none">–</span>
        ) : (
          <Money amount={row.returned} currency={row.currency ?? currency} />
        ),
      cell: (row) => drawnNumber(row.returned, row.currency ?? currency),
    },
    {
      key: 'state',
      title: words.state,
      show: ({ reversed, captured }) =>
        reversed ? (
          <span className="mark look">{words.reversed}</span>
        ) : (
          <span className="mark good">{captured ? words.captured : words.good}</span>
        ),
      cell: ({ reversed, captured }) => (reversed ? words.reversed : captured ? words.captured : words.good),
    },
  ];
  return (
    <ListTable
      name="GET /v1/redemptions"
      parts={{ query }}
      columns={columns}
      rowKey={({ id }) => id}
      filename="redemptions"
      filters={filters}
      empty={<Nothing text={words.nothing} />}
      onOpen={({ id }) => void navigate({ to: '/redemptions/$id', params: { id } })}
    />
  );
}

function Refunds({ query, filters }: ListProps) {
  const words = useWords(recordWords);
  const columns: readonly Column<Refund>[] = [
    ...useSharedColumns(),
    textColumn({ key: 'reason', title: words.reason }, ({ reason }) => reason),
    {
      key: 'of',
      title: words.ofRedemption,
      show: ({ redemptionId }) =>
        redemptionId === null ? (
          <span className="none">–</span>
        ) : (
          <Link to="/redemptions/$id" params={{ id: redemptionId }} className="mono">
            …{redemptionId.slice(-6)}
          </Link>
        ),
      cell: ({ redemptionId }) => redemptionId,
    },
  ];
  return (
    <ListTable
      name="GET /v1/refunds"
      parts={{ query }}
      columns={columns}
      rowKey={({ id }) => id}
      filename="refunds"
      filters={filters}
      empty={<Nothing text={words.nothing} />}
    />
  );
}

type Shared = Pick<
  Redemption,
  'occurredAt' | 'cardId' | 'serial' | 'last4' | 'amount' | 'currency' | 'storeId' | 'reference'
> & { readonly actor: Acted };

function useSharedColumns<Item extends Shared>(): readonly Column<Item>[] {
  const words = useWords(recordWords);
  const storeName = useStoreName();
  const actorText = useActorText();
  const { merchant } = useSession();
  return [
    momentColumn({ key: 'when', title: words.when }, ({ occurredAt }) => occurredAt),
    {
      key: 'card',
      title: words.card,
      show: ({ cardId, serial, last4 }) =>
        cardId === null ? (
          <span className="none">–</span>
        ) : (
          <Link to="/cards/$id" params={{ id: cardId }} className="mono">
            {serial} …{last4}
          </Link>
        ),
      cell: ({ serial }) => serial,
    },
    {
      key: 'amount',
      title: words.amount,
      align: 'right',
      show: ({ amount, currency }) => <Money amount={amount ?? 0} currency={currency ?? merchant.currency} />,
      cell: ({ amount, currency }) => drawnNumber(amount ?? 0, currency ?? merchant.currency),
    },
    textColumn({ key: 'store', title: words.store }, ({ storeId }) =>
      storeId === null ? null : storeName(storeId),
    ),
    textColumn({ key: 'by', title: words.by }, ({ actor }) => actorText(actor)),
    textColumn({ key: 'reference', title: words.reference }, ({ reference }) => reference),
  ];
}
