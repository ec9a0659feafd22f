import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';

/** The columns of a statement whose sum is what came about in the period. */
export const columns = [
  'loads',
  'kept',
  'honoured',
  'honouredElsewhere',
  'refunds',
  'adjustments',
  'fees',
  'netting',
  'payments',
] as const;
export type ColumnName = (typeof columns)[number];

/** What a party is owed (negative: owes) with one counterpart in one currency, and how it came about. */
export type Line = Readonly<Record<ColumnName | 'opening', bigint>> & {
  readonly ownerId: string;
  /** With those who hold its cards and wallets: the party itself. */
  readonly counterpartId: string;
  readonly counterpartParty: 'store' | 'merchant' | 'other' | 'holders';
  readonly counterpartName: string | null;
  readonly currency: string;
};

export type Figures = Readonly<Record<ColumnName | 'opening' | 'net' | 'closing', number>>;

/** A line's figures; opening and net are the closing, net is the sum of the columns. */
function figuresOf(lines: readonly Pick<Line, ColumnName | 'opening'>[]): Figures {
  const sumOf = (name: ColumnName | 'opening') => lines.reduce((sum, line) => sum + line[name], 0n);
  const net = columns.reduce((sum, name) => sum + sumOf(name), 0n);
  const opening = sumOf('opening');
  return {
    opening: jsonAmount(opening),
    loads: jsonAmount(sumOf('loads')),
    kept: jsonAmount(sumOf('kept')),
    honoured: jsonAmount(sumOf('honoured')),
    honouredElsewhere: jsonAmount(sumOf('honouredElsewhere')),
    refunds: jsonAmount(sumOf('refunds')),
    adjustments: jsonAmount(sumOf('adjustments')),
    fees: jsonAmount(sumOf('fees')),
    netting: jsonAmount(sumOf('netting')),
    payments: jsonAmount(sumOf('payments')),
    net: jsonAmount(net),
    closing: jsonAmount(opening + net),
  };
}

/** A line as the API shows it. */
export function lineAnswer(line: Line) {
  const { counterpartId, counterpartParty, counterpartName, currency } = line;
  return {
    party: counterpartParty,
    storeId: counterpartParty === 'store' ? encodeId('store', counterpartId) : null,
    partyId: counterpartParty === 'other' ? encodeId('pty', counterpartId) : null,
    name: counterpartName,
    currency,
    ...figuresOf([line]),
  };
}

/** Sums by currency. */
export function totalsOf(lines: readonly Line[]) {
  const byCurrency = Map.groupBy(lines, ({ currency }) => currency);
  return Array.from(byCurrency, ([currency, group]) => ({ currency, ...figuresOf(group) }));
}
