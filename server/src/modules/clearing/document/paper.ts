import { civilDay } from '../../../kernel/time.ts';
import type { Paper, PaperTable } from '../../../platform/files/paper/paper.ts';
import type { ColumnName, Line } from '../reading/line.ts';
import { columnsOf, counterpartOf, figuresIn, grouped, headOf, type StatementFacts } from './facts.ts';
import { columnTitle, wordsIn } from './words.ts';

/** A statement as it is printed: a table for each currency, what corrected it, and where to sign. */
export function statementPaper(facts: StatementFacts): Paper {
  const { merchant, statement, lines, language } = facts;
  const words = wordsIn(language);
  const byCurrency = [...Map.groupBy(lines, ({ currency }) => currency)];
  const invoiced = lines.some(({ currency, honoured }) => currency === 'CNY' && honoured !== 0n);
  return {
    from: merchant.name,
    title: words('title'),
    facts: headOf(facts),
    tables: [
      ...(byCurrency.length === 0 ? [lineTable('', [], facts)] : []),
      ...byCurrency.map(([currency, group]) => lineTable(currency, group, facts)),
      ...correctionTables(facts),
    ],
    notes: [words('sign'), ...(invoiced ? [words('invoice')] : [])],
    signatures: [words('signedBy'), words('signedFor')],
    foot: `${merchant.name} · ${statement.name ?? words('merchant')} · ${words('period')} ${statement.number}`,
  };
}

function lineTable(currency: string, lines: readonly Line[], facts: StatementFacts): PaperTable {
  const { language } = facts;
  const words = wordsIn(language);
  const shown = columnsOf(lines);
  const names: readonly (ColumnName | 'opening' | 'net' | 'closing')[] = [
    'opening',
    ...shown,
    'net',
    'closing',
  ];
  const amounts = (group: readonly Line[]) =>
    figuresIn(group, shown).map((amount) => grouped(amount, currency));
  return {
    title: currency === '' ? words('statement') : `${words('statement')} · ${currency}`,
    columns: [
      { title: words('counterpart'), align: 'left', wide: 2.2 },
      ...names.map((name) => ({ title: columnTitle(name, language), align: 'right' as const, wide: 1.2 })),
    ],
    rows: lines.map((line) => [counterpartOf(line, facts), ...amounts([line])]),
    totals: lines.length === 0 ? [] : [[words('total'), ...amounts(lines)]],
    empty: words('nothing'),
  };
}

function correctionTables(facts: StatementFacts): readonly PaperTable[] {
  const { corrections, merchant, language } = facts;
  if (corrections.length === 0) return [];
  const words = wordsIn(language);
  return [
    {
      title: words('corrections'),
      columns: [
        { title: words('day'), align: 'left', wide: 1 },
        { title: words('counterpart'), align: 'left', wide: 2 },
        { title: words('reason'), align: 'left', wide: 4 },
        { title: words('amount'), align: 'right', wide: 1.4 },
      ],
      rows: corrections.map((one) => [
        civilDay(one.createdAt, merchant.timezone),
        counterpartOf({ counterpartId: one.counterpartId, counterpartName: null }, facts),
        one.reason,
        `${grouped(one.amount, one.currency)} ${one.currency}`,
      ]),
      totals: [],
      empty: '',
    },
  ];
}
