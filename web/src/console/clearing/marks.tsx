import type { ItemOf } from '../../api/client.ts';
import { useWords } from '../../ui/words.ts';
import { periodWords, statementStateWords } from './words.ts';

export type Statement = ItemOf<'GET /v1/settlement-statements'>;
export type Period = ItemOf<'GET /v1/settlement-periods'>;

const tones = { drawn: 'quiet', disputed: 'stop', answered: 'look', confirmed: 'good' } as const;

/** What the store said to a statement. */
export function StatementState({ state }: Pick<Statement, 'state'>) {
  const words = useWords(statementStateWords);
  return <span className={`mark ${tones[state]}`}>{words[state]}</span>;
}

/** Whether a period was closed, and netted. */
export function PeriodState({ state, nettedAt }: Pick<Period, 'state' | 'nettedAt'>) {
  const words = useWords(periodWords);
  return (
    <>
      <span className={`mark ${state === 'closed' ? 'good' : 'look'}`}>
        {state === 'closed' ? words.closedState : words.drawnState}
      </span>
      {nettedAt === null ? null : <span className="mark good">{words.netted}</span>}
    </>
  );
}
