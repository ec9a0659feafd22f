import { Table } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { formatMoney } from '../../ui/money.ts';
import { scrolling } from '../../ui/motion.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { Nothing } from '../kit/Notes.tsx';
import { Panel } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { WideTable } from '../kit/WideTable.tsx';
import { Figure, type FigureName, figureNames, type Move, moves } from './figures.tsx';
import { counterpartKey, useLineName } from './names.ts';
import { columnWords, statementWords } from './words.ts';

type Statement = AnswerOf<'GET /v1/settlement-statements/{id}'>;
type Line = Statement['lines'][number];

/** What a party owes and is owed by counterpart; each figure leads to what is behind it. */
export function LinesPanel({ statement }: { readonly statement: Statement }) {
  const { lines, totals } = statement;
  const lineName = useLineName();
  const words = useWords(statementWords);
  const columns = useWords(columnWords);
  const { set } = useFilters(['column', 'with', 'currency']);
  const names = figureNames([...lines, ...totals]);
  const show = (line: Line, name: FigureName) => {
    const column = moves.find((one) => one === name);
    if (column === undefined || line[name] === 0)
      return <Figure amount={line[name]} currency={line.currency} />;
    return <FigureLink line={line} column={column} at={counterpartKey(line, statement)} onAsk={set} />;
  };
  return (
    <Panel flush title={words.byCounterpart} extra={<span className="soft small">{words.sign}</span>}>
      <EndLine totals={totals} />
      <WideTable>
        <Table<Line>
          size="small"
          rowKey={(line) => `${counterpartKey(line, statement)} ${line.currency}`}
          pagination={false}
          dataSource={lines}
          locale={{ emptyText: <Nothing text={words.nothing} /> }}
          columns={[
            { title: words.counterpart, render: (_, line) => lineName(line) },
            ...names.map((name) => ({
              title: columns[name],
              align: 'right' as const,
              render: (_: unknown, line: Line) => show(line, name),
            })),
          ]}
          summary={() =>
            totals.map((total) => (
              <Table.Summary.Row key={total.currency}>
                <Table.Summary.Cell index={0}>
                  <strong>{words.total}</strong>
                </Table.Summary.Cell>
                {names.map((name, place) => (
                  <Table.Summary.Cell key={name} index={place + 1} align="right">
                    <strong>
                      <Figure amount={total[name]} currency={total.currency} />
                    </strong>
                  </Table.Summary.Cell>
                ))}
              </Table.Summary.Row>
            ))
          }
        />
      </WideTable>
      {lines.length === 0 ? null : <p className="panel-note">{words.figureWhy}</p>}
      {totals.some(({ kept }) => kept !== 0) ? <p className="panel-note">{words.keptWhy}</p> : null}
    </Panel>
  );
}

type Asked = { readonly column: string; readonly with: string; readonly currency: string };

function FigureLink({
  line,
  column,
  at,
  onAsk,
}: {
  readonly line: Line;
  readonly column: Move;
  readonly at: string;
  readonly onAsk: (asked: Asked) => void;
}) {
  return (
    <button
      type="button"
      className="figure-link"
      onClick={() => {
        onAsk({ column, with: at, currency: line.currency });
        document.querySelector('#postings')?.scrollIntoView({ behavior: scrolling() });
      }}
    >
      <Figure amount={line[column]} currency={line.currency} />
    </button>
  );
}

/** In one sentence what comes of a statement. */
function EndLine({ totals }: { readonly totals: Statement['totals'] }) {
  const words = useWords(statementWords);
  const locale = localeOf(useLanguage());
  return totals.map(({ closing, currency }) => (
    <p key={currency} className="net-line">
      {closing === 0
        ? words.even
        : closing > 0
          ? words.receives(formatMoney(closing, currency, locale))
          : words.pays(formatMoney(-closing, currency, locale))}
    </p>
  ));
}
