import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ItemOf } from '../../api/client.ts';
import { useMay, useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ChoiceFilter } from '../kit/ChoiceFilter.tsx';
import { type Column, Moment, Money, momentColumn, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Nothing } from '../kit/Notes.tsx';
import { useStoreName } from '../kit/names.ts';
import { Page } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { ApprovalState } from './ApprovalState.tsx';
import { approvalWords, kindWords } from './words.ts';

type Approval = ItemOf<'GET /v1/approvals'>;
const states = ['pending', 'permitted', 'done', 'rejected', 'withdrawn', 'expired'] as const;

/** What waits for a second person, and what came of the rest. */
export function ApprovalsPage() {
  const words = useWords(approvalWords);
  const { values, set } = useFilters(['state', 'mine']);
  const navigate = useNavigate();
  const state = states.find((one) => one === values.state);
  const mine = values.mine === 'true' || values.mine === 'false' ? values.mine : undefined;
  const toPolicy = useMay('approvals.read') ? (
    <Link to="/approvals/policy">
      <Button>{words.toPolicy}</Button>
    </Link>
  ) : null;
  return (
    <Page title={words.title} lead={words.lead} actions={toPolicy}>
      <ListTable
        name="GET /v1/approvals"
        parts={{ query: { state, mine } }}
        columns={useApprovalColumns()}
        rowKey={({ id }) => id}
        filename="approvals"
        onOpen={({ id }) => void navigate({ to: '/approvals/$id', params: { id } })}
        empty={<Nothing text={words.nothing} />}
        filters={
          <>
            <ChoiceFilter
              label={words.state}
              any={words.anyState}
              value={state}
              options={states.map((one) => ({ value: one, label: words[one] }))}
              onChoose={(wanted) => set({ state: wanted })}
            />
            <ChoiceFilter
              label={words.askedBy}
              any={words.anybody}
              value={mine}
              options={[
                { value: 'true', label: words.mine },
                { value: 'false', label: words.notMine },
              ]}
              onChoose={(wanted) => set({ mine: wanted })}
            />
          </>
        }
      />
    </Page>
  );
}

function useApprovalColumns(): readonly Column<Approval>[] {
  const words = useWords(approvalWords);
  const kinds = useWords(kindWords);
  const storeName = useStoreName();
  const { currency } = useSession().merchant;
  return [
    {
      key: 'what',
      title: words.what,
      show: ({ id, kind }) => (
        <Link to="/approvals/$id" params={{ id }}>
          {kinds[kind]}
        </Link>
      ),
      cell: ({ kind }) => kinds[kind],
    },
    {
      key: 'amount',
      title: words.amount,
      align: 'right',
      show: ({ amount }) =>
        amount === null ? <span className="none">–</span> : <Money amount={amount} currency={currency} />,
      cell: ({ amount }) => amount,
    },
    textColumn({ key: 'store', title: words.store }, ({ storeId }) =>
      storeId === null ? null : storeName(storeId),
    ),
    textColumn({ key: 'by', title: words.askedBy }, ({ isMine, askedBy }) =>
      isMine ? words.you : (askedBy.name ?? askedBy.id),
    ),
    momentColumn({ key: 'at', title: words.askedAt }, ({ createdAt }) => createdAt),
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => <ApprovalState state={state} />,
      cell: ({ state }) => words[state],
    },
    {
      key: 'expires',
      title: words.expires,
      show: ({ state, expiresAt }) =>
        state === 'pending' || state === 'permitted' ? (
          <Moment at={expiresAt} />
        ) : (
          <span className="none">–</span>
        ),
      cell: ({ expiresAt }) => expiresAt,
    },
  ];
}
