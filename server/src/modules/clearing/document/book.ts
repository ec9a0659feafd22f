import { civilDay } from '../../../kernel/time.ts';
import { type Cell, decimal } from '../../../platform/files/table.ts';
import type { Sheet } from '../../../platform/files/workbook.ts';
import { type ColumnName, columns } from '../reading/line.ts';
import type { StatementPosting } from '../reading/store.ts';
import { counterpartOf, figuresIn, headOf, type StatementFacts } from './facts.ts';
import { columnTitle, wordsIn } from './words.ts';

const names: readonly (ColumnName | 'opening' | 'net' | 'closing')[] = [
  'opening',
  ...columns,
  'net',
  'closing',
];

/** A statement as a workbook: its lines with all columns, and the postings behind them. */
export function statementBook(
  facts: StatementFacts,
  postings: readonly StatementPosting[],
  isCut: boolean,
): readonly Sheet[] {
  return [lineSheet(facts), postingSheet(facts, postings, isCut)];
}

function lineSheet(facts: StatementFacts): Sheet {
  const { merchant, lines, corrections, language } = facts;
  const words = wordsIn(language);
  const amounts = (group: typeof lines, currency: string) =>
    figuresIn(group, columns).map((amount) => decimal(amount, currency));
  const head: readonly (readonly Cell[])[] = [[words('title'), merchant.name], ...headOf(facts), []];
  const titles = [
    words('counterpart'),
    words('currency'),
    ...names.map((name) => columnTitle(name, language)),
  ];
  const byCurrency = [...Map.groupBy(lines, ({ currency }) => currency)];
  const body = lines.map((line): readonly Cell[] => [
    counterpartOf(line, facts),
    line.currency,
    ...amounts([line], line.currency),
  ]);
  const totals = byCurrency.map(([currency, group]): readonly Cell[] => [
    words('total'),
    currency,
    ...amounts(group, currency),
  ]);
  const firstTotal = head.length + 1 + body.length;
  const corrected = corrections.map((one): readonly Cell[] => [
    counterpartOf({ counterpartId: one.counterpartId, counterpartName: null }, facts),
    one.currency,
    decimal(one.amount, one.currency),
    civilDay(one.createdAt, merchant.timezone),
    one.reason,
  ]);
  const rows = [
    ...head,
    titles,
    ...body,
    ...totals,
    ...(corrected.length === 0 ? [] : [[], [words('corrections')], ...corrected]),
    [],
    [words('sign')],
  ];
  return {
    name: words('statement'),
    rows,
    widths: [26, 16, ...names.map(() => 14)],
    strong: [0, head.length, ...totals.map((_total, n) => firstTotal + n)],
  };
}

function postingSheet(facts: StatementFacts, postings: readonly StatementPosting[], isCut: boolean): Sheet {
  const { language, storeNames } = facts;
  const words = wordsIn(language);
  const known = new Map(facts.lines.map((line) => [line.counterpartId, line.counterpartName]));
  const titles = (
    ['time', 'what', 'column', 'counterpart', 'store', 'reference', 'currency', 'amount'] as const
  ).map((word) => words(word));
  return {
    name: words('postings'),
    rows: [
      titles,
      ...postings.map((one): readonly Cell[] => [
        one.occurredAt.toISOString(),
        one.type,
        columnTitle(one.column, language),
        counterpartOf(
          { counterpartId: one.counterpartId, counterpartName: known.get(one.counterpartId) ?? null },
          facts,
        ),
        one.storeId === null ? null : (storeNames.get(one.storeId) ?? null),
        one.reference,
        one.currency,
        decimal(one.amount, one.currency),
      ]),
      ...(isCut ? [[words('cut')]] : []),
    ],
    widths: [26, 22, 18, 24, 24, 22, 10, 14],
    strong: [0],
  };
}
