import { currencyExponent } from '../../../kernel/money.ts';
import { civilDay, daysAfter } from '../../../kernel/time.ts';
import { decimal } from '../../../platform/files/table.ts';
import type { Merchant } from '../../merchants/index.ts';
import type { Adjustment } from '../period/adjustment.ts';
import { type ColumnName, columns, type Line } from '../reading/line.ts';
import type { ListedStatement } from '../reading/store.ts';
import { type Language, wordsIn } from './words.ts';

/** All that stands on the document of a statement. */
export type StatementFacts = {
  readonly merchant: Pick<Merchant, 'name' | 'timezone'>;
  readonly statement: ListedStatement;
  readonly lines: readonly Line[];
  readonly corrections: readonly Adjustment[];
  /** The store that each id is, by name. */
  readonly storeNames: ReadonlyMap<string, string>;
  readonly now: Date;
  readonly language: Language;
};

/** Label and value of what a statement is about. */
export function headOf({ merchant, statement, now, language }: StatementFacts) {
  const words = wordsIn(language);
  const { timezone } = merchant;
  const until = daysAfter(
    civilDay(statement.coversUntil, timezone),
    endsAtMidnight(statement.coversUntil, timezone) ? -1 : 0,
  );
  const from =
    statement.coversFrom === null ? words('fromBeginning') : civilDay(statement.coversFrom, timezone);
  const head: (readonly [string, string])[] = [
    [words('party'), statement.name ?? words('merchant')],
    [words('period'), `${from} – ${until}`],
    [words('number'), String(statement.number)],
    [words('state'), words(statement.closedAt === null ? statement.state : 'closed')],
    [words('said'), statement.saidAt === null ? '–' : minute(statement.saidAt, timezone)],
    [words('printed'), minute(now, timezone)],
  ];
  return head;
}

function endsAtMidnight(instant: Date, zone: string): boolean {
  return civilDay(new Date(instant.getTime() - 1), zone) < civilDay(instant, zone);
}

/** A moment to the minute on the merchant's clock, such as `2027-01-31 18:05`. */
function minute(instant: Date, zone: string): string {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  return `${civilDay(instant, zone)} ${time.format(instant)}`;
}

const always: readonly ColumnName[] = ['loads', 'honoured', 'honouredElsewhere', 'refunds'];

/** The columns that say something: those that every statement has, and those in which there is anything. */
export function columnsOf(lines: readonly Line[]): readonly ColumnName[] {
  return columns.filter((name) => always.includes(name) || lines.some((line) => line[name] !== 0n));
}

/** The figures of lines together: opening, these columns, net, closing. */
export function figuresIn(lines: readonly Line[], shown: readonly ColumnName[]): readonly bigint[] {
  const sumOf = (name: ColumnName | 'opening') => lines.reduce((sum, line) => sum + line[name], 0n);
  const net = columns.reduce((sum, name) => sum + sumOf(name), 0n);
  const opening = sumOf('opening');
  return [opening, ...shown.map(sumOf), net, opening + net];
}

/** Whom a line is with. */
export function counterpartOf(
  { counterpartId, counterpartName }: Pick<Line, 'counterpartId' | 'counterpartName'>,
  { statement, storeNames, language }: Pick<StatementFacts, 'statement' | 'storeNames' | 'language'>,
): string {
  if (counterpartId === statement.ownerId) return wordsIn(language)('holders');
  return counterpartName ?? storeNames.get(counterpartId) ?? wordsIn(language)('merchant');
}

/** An amount in major units with its thousands apart, `-1,234.50`, for where the currency stands above. */
export function grouped(amount: bigint, currency: string): string {
  const cell = decimal(amount, currency);
  const text = typeof cell === 'object' && cell !== null ? cell.decimal : '';
  const [whole = '', fraction] = text.split('.');
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return (currencyExponent(currency) ?? 2) === 0 ? apart : `${apart}.${fraction ?? ''}`;
}
