import { Link } from '@tanstack/react-router';
import { decimalText } from '../../ui/money.ts';
import { useWords } from '../../ui/words.ts';
import { type Column, momentColumn } from '../kit/columns.tsx';
import { type FigureName, FigureOf } from './figures.tsx';
import { type Statement, StatementState } from './marks.tsx';
import { columnWords, periodWords, statementStateWords, statementWords } from './words.ts';

const shown: readonly FigureName[] = [
  ...([
    'opening',
    'loads',
    'kept',
    'honoured',
    'honouredElsewhere',
    'refunds',
    'adjustments',
    'fees',
    'net',
    'closing',
  ] as const),
];

/** The columns of a list of statements; amounts of each currency stand under each other. */
export function useStatementColumns(): readonly Column<Statement>[] {
  const words = useWords(statementWords);
  const period = useWords(periodWords);
  const states = useWords(statementStateWords);
  const columns = useWords(columnWords);
  const nameOf = ({ name }: Statement) => name ?? words.merchantItself;
  return [
    {
      key: 'party',
      title: words.party,
      show: (statement) => (
        <Link to="/settlement-periods/statements/$id" params={{ id: statement.id }}>
          {nameOf(statement)}
        </Link>
      ),
      cell: nameOf,
    },
    {
      key: 'state',
      title: period.state,
      show: ({ state }) => <StatementState state={state} />,
      cell: ({ state }) => states[state],
    },
    ...shown.map(
      (name): Column<Statement> => ({
        key: name,
        title: columns[name],
        align: 'right',
        show: ({ totals }) => <FigureOf totals={totals} name={name} />,
        cell: ({ totals }) =>
          totals.map((total) => `${decimalText(total[name], total.currency)} ${total.currency}`).join('; '),
      }),
    ),
    momentColumn({ key: 'said', title: words.said }, ({ saidAt }) => saidAt),
  ];
}
