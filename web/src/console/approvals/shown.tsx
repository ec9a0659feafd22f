import type { ReactNode } from 'react';
import { cardStateWords } from '../../ui/cards/words.ts';
import { formatMoney } from '../../ui/money.ts';
import { percentText } from '../../ui/percent.ts';
import { usePermissionSentence } from '../../ui/permissions.ts';
import { useSession } from '../../ui/session.ts';
import { refundRuleWords, wayWords } from '../../ui/value/words.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { statementStateWords } from '../clearing/words.ts';
import { dividendStateWords } from '../dividends/words.ts';
import { limitWords, roleWords } from '../house/words.ts';
import { stateWords as importStateWords } from '../imports/words.ts';
import { CardName } from '../kit/cards.tsx';
import { Moment } from '../kit/columns.tsx';
import { MemberName } from '../kit/members.tsx';
import { useProgramName, useRegionName, useStoreName } from '../kit/names.ts';
import { mergeReasonWords } from '../members/merge/words.ts';
import { lotWords, purposeWords } from '../money/words.ts';
import { policyWords } from '../value/words.ts';
import { settingValueWords, settingWords } from './settings/words.ts';
import { approvalWords, fieldWords, kindWords, rowStateWords, valueWords } from './words.ts';

export type Fields = Readonly<Record<string, unknown>>;
type Names = Readonly<Record<string, string>>;

const amounts = new Set([
  ...[
    'balance',
    'pool',
    'moved',
    'amount',
    'principal',
    'bonus',
    'faceValue',
    'above',
    'stepUpAbove',
    'loaded',
  ],
  ...['each', 'day', 'held', 'total', 'price', 'cost', 'discount', 'couponDiscount'],
  ...['paid', 'worth', 'salePrice', 'refunded', 'base', 'balanceMax', 'lowBelow', 'codeAbove', 'minimum'],
  // As numbers: of days these are texts.
  ...['from', 'min', 'max', 'most', 'step', 'denominations'],
]);
/** Members of rules that hold one of a few words. */
const worded = new Set(['occasion', 'kind', 'type', 'with', 'unit', 'by', 'takes', 'every', 'lot']);
/** Counters, bounds and marks of the house, by which nobody decides. */
const unsaid = new Set(['revision', 'floor', 'version']);
const times = /^\d{4}-\d\d-\d\dT/;
/** A row that has no name outside. */
const inside = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a value tells somebody anything who decides. */
export const isSaid = (name: string, value: unknown): boolean =>
  !unsaid.has(name) &&
  !(name === 'createdAt' && value === 'now') &&
  !(typeof value === 'string' && (value === 'new' || inside.test(value)));

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isFields(value) && Object.values(value).every(isNothing));

/** Of a value with members, those that are otherwise in the other one: the rest does not change. */
export function differing(value: unknown, other: unknown): unknown {
  if (!isFields(value) || !isFields(other)) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([name, one]) => JSON.stringify(one) !== JSON.stringify(other[name])),
  );
}

/** What the words of the server are called, by the field that they stand in. */
function useValueNames(what: string | undefined): (name: string, text: string) => string | undefined {
  const states: Readonly<Record<string, Names>> = {
    dividend: useWords(dividendStateWords),
    import: useWords(importStateWords),
    card: useWords(cardStateWords),
    clearingStatement: useWords(statementStateWords),
  };
  const rowStates: Names = useWords(rowStateWords);
  const values: Names = useWords(valueWords);
  const named: Readonly<Record<string, Names>> = {
    purpose: useWords(purposeWords),
    reason: useWords(mergeReasonWords),
    role: useWords(roleWords),
    kind: useWords(lotWords),
    tender: useWords(wayWords),
    tenders: useWords(wayWords),
    refundRule: useWords(refundRuleWords),
    rule: useWords(refundRuleWords),
    spendingOrder: useWords(policyWords),
  };
  const settings: Names = useWords(settingValueWords);
  const sentence = usePermissionSentence();
  return (name, text) => {
    if (text === 'now') return values.now;
    if (name === 'permissions') return sentence(text);
    if (name === 'state' || name === 'status') return states[what ?? '']?.[text] ?? rowStates[text];
    const called = named[name]?.[text] ?? (name === 'kind' ? values[text] : undefined);
    return called ?? (worded.has(name) ? settings[text] : undefined);
  };
}

/** What members of rows and of rules are called. */
export function useFieldName(): (name: string) => string {
  const fields: Names = useWords(fieldWords);
  const kinds: Names = useWords(kindWords);
  const limits: Names = useWords(limitWords);
  const settings: Names = useWords(settingWords);
  const sentence = usePermissionSentence();
  return (name) => fields[name] ?? kinds[name] ?? limits[name] ?? settings[name] ?? sentence(name);
}

/** How a value of the server's reads; what it is called tells whether a number is money. */
export function useShown(row: Fields, what?: string): (name: string, value: unknown) => ReactNode {
  const words = useWords(approvalWords);
  const fieldName = useFieldName();
  const valueName = useValueNames(what);
  const storeName = useStoreName();
  const regionName = useRegionName();
  const programName = useProgramName();
  const locale = localeOf(useLanguage());
  const { merchant } = useSession();
  const currency = typeof row.asset === 'string' ? row.asset : merchant.currency;
  // Of what stands within, only what says something: a rule leaves most of its members out.
  const showFields = (value: Fields): ReactNode =>
    Object.entries(value)
      .filter(([, one]) => !isNothing(one))
      .map(([inner, one]) =>
        inner === 'masked' ? (
          show(inner, one)
        ) : (
          <div key={inner}>
            <span className="soft">{fieldName(inner)}</span> {show(inner, one)}
          </div>
        ),
      );
  const show = (name: string, value: unknown): ReactNode => {
    if (isNothing(value)) return <span className="none">–</span>;
    if (typeof value === 'number' && /ppm$/i.test(name)) return `${percentText(value)}%`;
    if (typeof value === 'number')
      return amounts.has(name) ? formatMoney(value, currency, locale) : value.toLocaleString(locale);
    if (typeof value === 'boolean') return value ? words.yes : words.no;
    if (Array.isArray(value))
      return value.map((one: unknown, place) => (
        <div key={String(place)} className={isFields(one) ? 'one-of' : undefined}>
          {show(name, one)}
        </div>
      ));
    if (isFields(value)) return showFields(value);
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const called = valueName(name, text);
    if (called !== undefined) return called;
    if (times.test(text)) return <Moment at={text} />;
    if (text.startsWith('card_')) return <CardName id={text} />;
    if (text.startsWith('mem_')) return <MemberName id={text} />;
    if (text.startsWith('store_')) return storeName(text);
    if (name === 'regions') return regionName(text);
    if (text.startsWith('mer_')) return words.merchantItself;
    return text.startsWith('prog_') ? programName(text) : text;
  };
  return show;
}
