import { Link, useParams } from '@tanstack/react-router';
import { Alert, Skeleton } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { useWords } from '../../ui/words.ts';
import { Moment, Money } from '../kit/columns.tsx';
import { Failed, Guarded } from '../kit/Notes.tsx';
import { Page, Panel } from '../kit/Page.tsx';
import { LinesPanel } from './LinesPanel.tsx';
import { StatementState } from './marks.tsx';
import { useCovers, usePartyName } from './names.ts';
import { PostingsList } from './PostingsList.tsx';
import { StatementVerbs } from './StatementVerbs.tsx';
import { periodWords, statementWords } from './words.ts';

type Statement = AnswerOf<'GET /v1/settlement-statements/{id}'>;

/** One party's statement: figures by counterpart, what is behind each, and what the party says to it. */
export function StatementPage() {
  return (
    <Guarded by="settlement.read">
      <OneStatement />
    </Guarded>
  );
}

function OneStatement() {
  const words = useWords(statementWords);
  const { id } = useParams({ from: '/settlement-periods/statements/$id' });
  const { data, error, refetch } = useAsk('GET /v1/settlement-statements/{id}', { params: { id } });
  if (!data)
    return (
      <Page title={words.title}>
        {error ? <Failed error={error} again={() => void refetch()} /> : <Skeleton active />}
      </Page>
    );
  return (
    <Page
      title={data.name ?? words.merchantItself}
      lead={<Lead statement={data} />}
      actions={<StatementVerbs statement={data} />}
    >
      <Said statement={data} />
      <LinesPanel statement={data} />
      <Besides statement={data} />
      <div className="page-head second">
        <h2>{words.postings}</h2>
      </div>
      <PostingsList statement={data} />
    </Page>
  );
}

function Lead({ statement }: { readonly statement: Statement }) {
  const words = useWords(statementWords);
  const period = useWords(periodWords);
  const covers = useCovers();
  const { number, periodId, state, closedAt } = statement;
  return (
    <>
      <Link to="/settlement-periods/$id" params={{ id: periodId }} title={words.back(number)}>
        {period.periodText(number)}
      </Link>
      {` · ${covers(statement)} `}
      <StatementState state={state} />
      {closedAt === null ? null : <span className="mark good">{period.closedState}</span>}
    </>
  );
}

function Said({
  statement: { state, reason, answerBy, saidAt, closedAt },
}: {
  readonly statement: Statement;
}) {
  const words = useWords(statementWords);
  const period = useWords(periodWords);
  if (state === 'disputed' || state === 'answered') {
    return (
      <Alert
        className="explain"
        type={state === 'disputed' ? 'warning' : 'info'}
        showIcon
        title={state === 'disputed' ? words.disputedBecause : words.answeredBecause}
        description={reason}
      />
    );
  }
  if (state === 'confirmed' && saidAt !== null) {
    return (
      <p className="soft under">
        {words.said}: <Moment at={saidAt} />
      </p>
    );
  }
  if (state !== 'drawn' || closedAt !== null) return null;
  return (
    <p className="soft under">
      {period.answerBy}: <Moment at={answerBy} />
    </p>
  );
}

function Besides({ statement }: { readonly statement: Statement }) {
  const words = useWords(statementWords);
  const partyName = usePartyName(statement.lines);
  const { adjustments } = statement;
  return (
    <>
      {adjustments.length === 0 ? null : (
        <Panel title={words.corrections}>
          <p className="soft small">{words.correctionsWhy}</p>
          <ul className="lots">
            {adjustments.map(({ id, storeId, amount, currency, reason, createdAt }) => (
              <li key={id}>
                <span>
                  {partyName(storeId)} · {reason} · <Moment at={createdAt} />
                </span>
                <Money amount={amount} currency={currency} />
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}
