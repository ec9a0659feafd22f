import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button, Skeleton } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { Moment } from '../kit/columns.tsx';
import { ReasonField } from '../kit/fields.tsx';
import { Failed } from '../kit/Notes.tsx';
import { useStoreName } from '../kit/names.ts';
import { Facts, Page, Panel } from '../kit/Page.tsx';
import { ApprovalState } from './ApprovalState.tsx';
import { DiffView } from './Diff.tsx';
import { approvalWords, kindWords } from './words.ts';

type Approval = AnswerOf<'GET /v1/approvals/{id}'>;
const readEveryMs = 15_000;

/** One thing that waits: exactly what will happen, and who may say so. */
export function ApprovalPage() {
  const words = useWords(approvalWords);
  const kinds = useWords(kindWords);
  const { id } = useParams({ from: '/approvals/$id' });
  const { data, error, refetch } = useAsk(
    'GET /v1/approvals/{id}',
    { params: { id } },
    { everyMs: (approval) => (approval?.state === 'pending' ? readEveryMs : false) },
  );
  if (!data)
    return (
      <Page title={words.title}>
        {error ? <Failed error={error} again={() => void refetch()} /> : <Skeleton active />}
      </Page>
    );
  return (
    <Page
      title={kinds[data.kind]}
      lead={
        <>
          <ApprovalState state={data.state} />{' '}
          {data.revision > 1 ? <span className="mark quiet">{words.revision(data.revision)}</span> : null}
        </>
      }
      actions={<Decisions approval={data} />}
    >
      <Notes approval={data} />
      <div className="columns">
        <Panel title={data.state === 'pending' ? words.willHappen : words.happened}>
          <DiffView diff={data.diff} />
        </Panel>
        <Panel title={words.askedBy}>
          <AboutIt approval={data} />
        </Panel>
      </div>
    </Page>
  );
}

function Notes({ approval }: { readonly approval: Approval }) {
  const words = useWords(approvalWords);
  const { state, isMine, kind, allowed } = approval;
  if (state === 'permitted' && kind === 'release')
    return (
      <Alert
        className="explain"
        type="success"
        showIcon
        title={<Link to="/batches">{words.takeCodes}</Link>}
      />
    );
  if (state !== 'pending') return null;
  if (isMine) return <Alert className="explain" type="info" showIcon title={words.own} />;
  return allowed.decide ? null : <Alert className="explain" type="info" showIcon title={words.cannot} />;
}

function AboutIt({ approval }: { readonly approval: Approval }) {
  const words = useWords(approvalWords);
  const storeName = useStoreName();
  const { askedBy, isMine, createdAt, expiresAt, storeId, decidedBy, decidedAt, reason, state } = approval;
  const nobody = <span className="none">–</span>;
  return (
    <Facts
      items={[
        [words.askedBy, isMine ? words.you : (askedBy.name ?? askedBy.id)],
        [words.askedAt, <Moment key="at" at={createdAt} />],
        [words.store, storeId === null ? nobody : storeName(storeId)],
        ...(state === 'pending' || state === 'permitted'
          ? ([[words.expires, <Moment key="until" at={expiresAt} />]] as const)
          : []),
        ...(decidedBy === null
          ? []
          : ([
              [words.decidedBy, decidedBy.name ?? decidedBy.id],
              [words.decidedAt, decidedAt === null ? nobody : <Moment key="when" at={decidedAt} />],
            ] as const)),
        ...(reason === null ? [] : ([[words.reason, reason]] as const)),
      ]}
    />
  );
}

type Verb = 'approve' | 'reject' | 'withdraw';

function Decisions({ approval }: { readonly approval: Approval }) {
  const words = useWords(approvalWords);
  const mayDecide = useMay('approvals.decide') && approval.allowed.decide;
  const [verb, setVerb] = useState<Verb>();
  const close = () => setVerb(undefined);
  return (
    <>
      {approval.allowed.withdraw ? (
        <Button onClick={() => setVerb('withdraw')}>{words.withdraw}</Button>
      ) : null}
      {mayDecide ? (
        <>
          <Button danger onClick={() => setVerb('reject')}>
            {words.reject}
          </Button>
          <Button type="primary" onClick={() => setVerb('approve')}>
            {words.approve}
          </Button>
        </>
      ) : null}
      {verb === undefined ? null : <DecisionDialog verb={verb} approval={approval} onClose={close} />}
    </>
  );
}

type DialogProps = { readonly verb: Verb; readonly approval: Approval; readonly onClose: () => void };

function DecisionDialog({ verb, approval, onClose }: DialogProps) {
  const words = useWords(approvalWords);
  const approve = useCommand('POST /v1/approvals/{id}/approve');
  const reject = useCommand('POST /v1/approvals/{id}/reject');
  const withdraw = useCommand('POST /v1/approvals/{id}/withdraw');
  const params = { id: approval.id };
  return (
    <ActionDialog<{ reason: string }, unknown>
      title={words[verb]}
      action={words[verb]}
      danger={verb !== 'approve'}
      submit={({ reason }, idempotencyKey) => {
        if (verb === 'reject') return reject.mutateAsync({ params, body: { reason }, idempotencyKey });
        if (verb === 'withdraw') return withdraw.mutateAsync({ params, body: {}, idempotencyKey });
        const { revision } = approval;
        return approve.mutateAsync({ params, body: { revision }, idempotencyKey });
      }}
      onClose={onClose}
    >
      {verb === 'reject' ? <ReasonField /> : null}
      {verb === 'withdraw' ? <Alert className="explain" type="warning" title={words.withdrawWhy} /> : null}
      {verb === 'approve' ? <Alert className="explain" type="info" title={words.approveWhy} /> : null}
    </ActionDialog>
  );
}
