import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button, Skeleton } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { formatMoney } from '../../ui/money.ts';
import { useMay } from '../../ui/session.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { type Column, LastDay, Moment, Money, moneyColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { MemberName } from '../kit/members.tsx';
import { Failed, Guarded, Nothing } from '../kit/Notes.tsx';
import { Facts, Page, Panel } from '../kit/Page.tsx';
import { DividendState } from './DividendState.tsx';
import { type Dividend, periodText, sourceText, weighingText } from './terms.ts';
import { dividendWords } from './words.ts';

type Share = ItemOf<'GET /v1/dividends/{id}/shares'>;
const lookEveryMs = 1_000;

/** One dividend: how it was counted, who gets how much, and how far it is. */
export function DividendPage() {
  return (
    <Guarded by="dividends.read">
      <OneDividend />
    </Guarded>
  );
}

/** The approval that a dividend waits for; undefined where it waits for none that one may see. */
function useWaiting({ id, state }: Dividend) {
  const { data } = useAsk(
    'GET /v1/approvals',
    { query: { state: 'pending', limit: 200 } },
    { enabled: state === 'counted', everyMs: () => lookEveryMs * 5 },
  );
  if (state !== 'counted') return undefined;
  return data?.items.find(({ diff }) =>
    diff.changes.some((change) => change.what === 'dividend' && change.id === id),
  );
}

function OneDividend() {
  const words = useWords(dividendWords);
  const { id } = useParams({ from: '/dividends/$id' });
  const isMoving = (dividend: Dividend | undefined) =>
    dividend?.state === 'counting' || dividend?.state === 'approved' || dividend?.state === 'counted';
  const { data, error, refetch } = useAsk(
    'GET /v1/dividends/{id}',
    { params: { id } },
    { everyMs: (dividend) => (isMoving(dividend) ? lookEveryMs : false) },
  );
  if (!data)
    return (
      <Page title={words.title}>
        {error ? <Failed error={error} again={() => void refetch()} /> : <Skeleton active />}
      </Page>
    );
  return <Shown dividend={data} />;
}

function Shown({ dividend }: { readonly dividend: Dividend }) {
  const words = useWords(dividendWords);
  const waiting = useWaiting(dividend);
  const { name, state, members } = dividend;
  return (
    <Page
      title={name}
      lead={waiting ? <span className="mark look">{words.waiting}</span> : <DividendState state={state} />}
      actions={<Verbs dividend={dividend} isWaiting={waiting !== undefined} />}
    >
      {waiting ? (
        <Alert
          className="explain"
          type="info"
          showIcon
          title={words.waitingWhy}
          description={
            <Link to="/approvals/$id" params={{ id: waiting.id }}>
              {words.lookApproval}
            </Link>
          }
        />
      ) : null}
      <div className="columns">
        <div>
          <Figures dividend={dividend} />
          <div className="page-head second">
            <h2>{words.shares}</h2>
          </div>
          <Shares key={`${state} ${members}`} dividend={dividend} />
        </div>
        <Panel title={words.facts}>
          <About dividend={dividend} />
        </Panel>
      </div>
    </Page>
  );
}

function Figures({ dividend }: { readonly dividend: Dividend }) {
  const words = useWords(dividendWords);
  const locale = localeOf(useLanguage());
  const { pool, paid, members, paidMembers, currency, state } = dividend;
  if (state === 'counting')
    return (
      <Panel>
        <p className="soft">{words.stillCounting}</p>
        <Skeleton active paragraph={{ rows: 1 }} />
      </Panel>
    );
  const count = (people: number) => people.toLocaleString(locale);
  return (
    <Panel>
      <div className="figures">
        <div className="figure big">
          <span className="soft">{words.pool}</span>
          <strong>
            <Money amount={pool} currency={currency} />
          </strong>
        </div>
        <div className="figure">
          <span className="soft">{words.members}</span>
          <strong className="money">{count(members)}</strong>
        </div>
        <div className="figure">
          <span className="soft">{words.paid}</span>
          <strong>
            <Money amount={paid} currency={currency} />
          </strong>
        </div>
      </div>
      {state === 'approved' || state === 'paid' ? (
        <div className="progress">
          <progress max={members} value={paidMembers} aria-label={words.paid} />
          <span className="soft small">{words.progress(count(paidMembers), count(members))}</span>
        </div>
      ) : null}
    </Panel>
  );
}

function About({ dividend }: { readonly dividend: Dividend }) {
  const words = useWords(dividendWords);
  const language = useLanguage();
  const { lapsesAt, createdAt } = dividend;
  return (
    <Facts
      items={[
        [words.period, periodText(dividend, language)],
        [words.source, sourceText(dividend, language)],
        [words.by, weighingText(dividend, language)],
        [words.lastUsableDay, lapsesAt === null ? '–' : <LastDay key="until" before={lapsesAt} />],
        [words.created, <Moment key="made" at={createdAt} />],
      ]}
    />
  );
}

function Shares({ dividend }: { readonly dividend: Dividend }) {
  const { id, state, members } = dividend;
  const words = useWords(dividendWords);
  // What was asked for a moment before it was counted shows nobody, and is asked for again.
  const isBehind = (shown: number) => state === 'counting' || (shown === 0 && members > 0);
  return (
    <ListTable
      name="GET /v1/dividends/{id}/shares"
      parts={{ params: { id } }}
      columns={useShareColumns(dividend)}
      rowKey={({ memberId }) => memberId}
      filename="dividend-shares"
      empty={<Nothing text={state === 'counting' ? words.stillCounting : words.nobodyShares} />}
      everyMs={({ length }) => (state === 'approved' || isBehind(length) ? lookEveryMs : false)}
    />
  );
}

function useShareColumns({ currency, weighing }: Dividend): readonly Column<Share>[] {
  const words = useWords(dividendWords);
  const locale = localeOf(useLanguage());
  const states = { due: words.due, paid: words.shared, skipped: words.skipped };
  const tones = { due: 'mark', paid: 'mark good', skipped: 'mark look' };
  return [
    {
      key: 'member',
      title: words.member,
      show: ({ memberId }) => <MemberName id={memberId} />,
      cell: ({ memberId }) => memberId,
    },
    {
      key: 'weight',
      title: words.weight,
      align: 'right',
      show: ({ weight }) =>
        weighing.by === 'wallet_spend' ? (
          <Money amount={weight} currency={currency} />
        ) : (
          <span className="money">{weight.toLocaleString(locale)}</span>
        ),
      cell: ({ weight }) => weight,
    },
    moneyColumn(
      { key: 'share', title: words.share },
      ({ amount }) => amount,
      () => currency,
    ),
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => <span className={tones[state]}>{states[state]}</span>,
      cell: ({ state }) => states[state],
    },
  ];
}

type VerbProps = { readonly dividend: Dividend; readonly isWaiting: boolean };

function Verbs({ dividend, isWaiting }: VerbProps) {
  const words = useWords(dividendWords);
  const mayApprove = useMay('dividends.approve');
  const mayWrite = useMay('dividends.write');
  const [verb, setVerb] = useState<'approve' | 'cancel'>();
  const { state, members } = dividend;
  const close = () => setVerb(undefined);
  const isOpen = state === 'counting' || state === 'counted';
  return (
    <>
      {mayWrite && isOpen && !isWaiting ? (
        <Button danger onClick={() => setVerb('cancel')}>
          {words.cancel}
        </Button>
      ) : null}
      {mayApprove && state === 'counted' && members > 0 && !isWaiting ? (
        <Button type="primary" onClick={() => setVerb('approve')}>
          {words.submit}
        </Button>
      ) : null}
      {verb === 'approve' ? <SubmitDialog dividend={dividend} onClose={close} /> : null}
      {verb === 'cancel' ? <CancelDialog dividend={dividend} onClose={close} /> : null}
    </>
  );
}

type DialogProps = { readonly dividend: Dividend; readonly onClose: () => void };

function SubmitDialog({ dividend, onClose }: DialogProps) {
  const words = useWords(dividendWords);
  const locale = localeOf(useLanguage());
  const approve = useCommand('POST /v1/dividends/{id}/approve');
  const { id, pool, currency, members } = dividend;
  return (
    <ActionDialog<object, unknown>
      title={words.submit}
      action={words.submit}
      submit={(_values, idempotencyKey) => approve.mutateAsync({ params: { id }, idempotencyKey })}
      onClose={onClose}
    >
      <Alert
        className="explain"
        type="info"
        title={words.submitWhy(formatMoney(pool, currency, locale), members.toLocaleString(locale))}
      />
    </ActionDialog>
  );
}

function CancelDialog({ dividend: { id }, onClose }: DialogProps) {
  const words = useWords(dividendWords);
  const cancel = useCommand('POST /v1/dividends/{id}/cancel');
  return (
    <ActionDialog<object, unknown>
      title={words.cancel}
      action={words.cancel}
      danger
      submit={(_values, idempotencyKey) => cancel.mutateAsync({ params: { id }, idempotencyKey })}
      onClose={onClose}
    >
      <Alert className="explain" type="warning" title={words.cancelWhy} />
    </ActionDialog>
  );
}
