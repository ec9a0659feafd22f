import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Alert, Button, Skeleton, Table } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { refusalText, useLanguage, useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { ChoiceFilter } from '../kit/ChoiceFilter.tsx';
import { Moment } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Failed, Guarded, Nothing } from '../kit/Notes.tsx';
import { Page, Panel } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { WideTable } from '../kit/WideTable.tsx';
import { Figure, figureNames } from './figures.tsx';
import { PeriodState } from './marks.tsx';
import { useCovers } from './names.ts';
import { useStatementColumns } from './statementColumns.tsx';
import { WhoOwes } from './WhoOwes.tsx';
import { columnWords, periodWords, statementStateWords } from './words.ts';

type Period = AnswerOf<'GET /v1/settlement-periods/{id}'>;
type Totals = Period['totals'];
type Verb = 'close' | 'net';

/** One settlement period: that it sums to zero, each party's statement, and what may be done. */
export function PeriodPage() {
  return (
    <Guarded by="settlement.read">
      <OnePeriod />
    </Guarded>
  );
}

function OnePeriod() {
  const words = useWords(periodWords);
  const covers = useCovers();
  const { id } = useParams({ from: '/settlement-periods/$id' });
  const { data, error, refetch } = useAsk('GET /v1/settlement-periods/{id}', { params: { id } });
  if (!data)
    return (
      <Page title={words.title}>
        {error ? <Failed error={error} again={() => void refetch()} /> : <Skeleton active />}
      </Page>
    );
  return (
    <Page
      title={words.periodText(data.number)}
      lead={
        <>
          {covers(data)} <PeriodState {...data} />
        </>
      }
      actions={<Verbs period={data} />}
    >
      <NotYet period={data} />
      {data.totals.length === 0 ? null : <Sums totals={data.totals} />}
      <WhoOwes periodId={id} />
      <div className="page-head second">
        <h2>{words.statements}</h2>
      </div>
      <Statements periodId={id} />
    </Page>
  );
}

function Verbs({ period }: { readonly period: Period }) {
  const words = useWords(periodWords);
  const [verb, setVerb] = useState<Verb>();
  const { allowed } = period;
  const close = () => setVerb(undefined);
  return (
    <>
      {period.nettedAt === null ? null : (
        <Link to="/settlement-payments" search={{ periodId: period.id }}>
          <Button>{words.toPayments}</Button>
        </Link>
      )}
      {allowed.close.ok ? (
        <Button type="primary" onClick={() => setVerb('close')}>
          {words.close}
        </Button>
      ) : null}
      {allowed.net.ok ? (
        <Button type="primary" onClick={() => setVerb('net')}>
          {words.net}
        </Button>
      ) : null}
      {verb === 'close' ? <CloseDialog id={period.id} onClose={close} /> : null}
      {verb === 'net' ? <NetDialog id={period.id} onClose={close} /> : null}
    </>
  );
}

function NotYet({ period: { allowed, answerBy, state } }: { readonly period: Period }) {
  const words = useWords(periodWords);
  const language = useLanguage();
  const { ok, reason = '' } = allowed.close;
  if (state === 'closed' || ok || reason === 'permission_denied' || reason === 'store_out_of_scope')
    return null;
  return (
    <Alert
      className="explain"
      type={reason === 'settlement_statement_disputed' ? 'warning' : 'info'}
      showIcon
      title={words.notYet}
      description={
        <>
          {refusalText(reason, language)} {words.answerBy} <Moment at={answerBy} />
        </>
      }
    />
  );
}

type DialogProps = { readonly id: string; readonly onClose: () => void };

function CloseDialog({ id, onClose }: DialogProps) {
  const words = useWords(periodWords);
  const close = useCommand('POST /v1/settlement-periods/{id}/close');
  return (
    <ActionDialog<object, unknown>
      title={words.close}
      action={words.close}
      submit={(_values, idempotencyKey) => close.mutateAsync({ params: { id }, idempotencyKey })}
      onClose={onClose}
    >
      <p>{words.closeWhy}</p>
    </ActionDialog>
  );
}

function NetDialog({ id, onClose }: DialogProps) {
  const words = useWords(periodWords);
  const net = useCommand('POST /v1/settlement-periods/{id}/net');
  return (
    <ActionDialog<object, AnswerOf<'POST /v1/settlement-periods/{id}/net'>>
      title={words.net}
      action={words.net}
      submit={(_values, idempotencyKey) => net.mutateAsync({ params: { id }, idempotencyKey })}
      onClose={onClose}
      done={({ payments }) => (
        <p>
          {words.nettedNow(payments)}{' '}
          <Link to="/settlement-payments" search={{ periodId: id }}>
            {words.toPayments}
          </Link>
        </p>
      )}
    >
      <p>{words.netWhy}</p>
    </ActionDialog>
  );
}

/** What all parties come to together: the proof that nothing was lost between them. */
function Sums({ totals }: { readonly totals: Totals }) {
  const words = useWords(periodWords);
  const columns = useWords(columnWords);
  const isEven = totals.every(({ net, closing, opening }) => net === 0 && closing === 0 && opening === 0);
  const names = figureNames(totals);
  return (
    <Panel
      flush
      title={words.sums}
      extra={
        <span className={`mark ${isEven ? 'good' : 'stop'}`}>
          {isEven ? words.balanced : words.unbalanced}
        </span>
      }
    >
      <WideTable>
        <Table<Totals[number]>
          size="small"
          rowKey={({ currency }) => currency}
          pagination={false}
          dataSource={totals}
          columns={[
            { title: '', dataIndex: 'currency' },
            ...names.map((name) => ({
              title: columns[name],
              align: 'right' as const,
              render: (_: unknown, total: Totals[number]) => (
                <Figure amount={total[name]} currency={total.currency} isZero />
              ),
            })),
          ]}
        />
      </WideTable>
      <p className="panel-note">{words.sumsWhy}</p>
    </Panel>
  );
}

const states = ['drawn', 'disputed', 'answered', 'confirmed'] as const;

function Statements({ periodId }: { readonly periodId: string }) {
  const words = useWords(periodWords);
  const said = useWords(statementStateWords);
  const navigate = useNavigate();
  const { values, set } = useFilters(['state']);
  const state = states.find((one) => one === values.state);
  return (
    <ListTable
      name="GET /v1/settlement-statements"
      parts={{ query: { periodId, state } }}
      columns={useStatementColumns()}
      rowKey={({ id }) => id}
      filename="settlement-statements"
      empty={<Nothing text={words.noStatements} />}
      onOpen={({ id }) => void navigate({ to: '/settlement-periods/statements/$id', params: { id } })}
      filters={
        <ChoiceFilter
          label={words.state}
          any={words.anyState}
          value={state}
          options={states.map((one) => ({ value: one, label: said[one] }))}
          onChoose={(wanted) => set({ state: wanted })}
        />
      }
    />
  );
}
