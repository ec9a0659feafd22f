import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { formatMoney } from '../../ui/money.ts';
import { useSession } from '../../ui/session.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { dividendStateWords } from '../dividends/words.ts';
import { stateWords as importStateWords } from '../imports/words.ts';
import { Moment } from '../kit/columns.tsx';
import { MemberName } from '../kit/members.tsx';
import { useProgramName, useRegionName, useStoreName } from '../kit/names.ts';
import { WideTable } from '../kit/WideTable.tsx';
import { mergeReasonWords } from '../members/merge/words.ts';
import { purposeWords } from '../money/words.ts';
import { eventWords } from '../records/events/words.ts';
import { approvalWords, fieldWords, rowWords } from './words.ts';

type Diff = AnswerOf<'GET /v1/approvals/{id}'>['diff'];
type Fields = Readonly<Record<string, unknown>>;

/** Exactly what will happen: the facts that the log will have, then each row before and after. */
export function DiffView({ diff }: { readonly diff: Diff }) {
  const words = useWords(approvalWords);
  const events: Readonly<Record<string, string>> = useWords(eventWords);
  const { currency } = useSession().merchant;
  const locale = localeOf(useLanguage());
  return (
    <>
      <ul className="facts-said">
        {diff.facts.map(({ type, amount, details }, place) => (
          <li key={`${type} ${String(place)}`}>
            <strong>{events[type] ?? type}</strong>
            {amount === null || type.startsWith('batch.') ? null : (
              <span className="money"> {formatMoney(amount, currency, locale)}</span>
            )}
            <FieldList fields={details} />
          </li>
        ))}
      </ul>
      <h3 className="not-now">{words.changes}</h3>
      {diff.changes.map((change, place) => (
        <Change key={`${change.what} ${change.id ?? ''} ${String(place)}`} change={change} />
      ))}
    </>
  );
}

function FieldList({ fields }: { readonly fields: Fields }) {
  const names: Readonly<Record<string, string>> = useWords(fieldWords);
  const show = useShown(fields);
  const entries = Object.entries(fields);
  if (entries.length === 0) return null;
  return (
    <dl className="facts narrow">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{names[name] ?? name}</dt>
          <dd>{show(name, value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Change({ change }: { readonly change: Diff['changes'][number] }) {
  const words = useWords(approvalWords);
  const rows: Readonly<Record<string, string>> = useWords(rowWords);
  const names: Readonly<Record<string, string>> = useWords(fieldWords);
  const { what, id, before, after } = change;
  const dividends: Readonly<Record<string, string>> = useWords(dividendStateWords);
  const imports: Readonly<Record<string, string>> = useWords(importStateWords);
  const states = { dividend: dividends, import: imports }[what];
  const shown = useShown(after);
  const show = (name: string, value: unknown) =>
    states && name === 'state' ? (states[String(value)] ?? String(value)) : shown(name, value);
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after)])].filter(
    (name) =>
      !unsaid.has(name) && (before === null || JSON.stringify(before[name]) !== JSON.stringify(after[name])),
  );
  return (
    <section className="change">
      <h4>
        {rows[what] ?? what}{' '}
        {id === null ? null : what === 'card' ? (
          <Link to="/cards/$id" params={{ id }} className="mono small">
            {id}
          </Link>
        ) : what === 'dividend' ? (
          <Link to="/dividends/$id" params={{ id }}>
            {words.shares}
          </Link>
        ) : what === 'import' ? (
          <Link to="/imports/$id" params={{ id }} className="mono small">
            {id}
          </Link>
        ) : (
          <span className="mono small soft">{id}</span>
        )}{' '}
        {before === null ? <span className="mark good">{words.added}</span> : null}
      </h4>
      <WideTable>
        <table className="diff">
          <thead>
            <tr>
              <td />
              {before === null ? null : <th scope="col">{words.before}</th>}
              <th scope="col">{words.after}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((name) => (
              <tr key={name}>
                <th scope="row">{names[name] ?? name}</th>
                {before === null ? null : <td className="was">{show(name, before[name])}</td>}
                <td className="will">{show(name, after[name])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
    </section>
  );
}

const amounts = new Set([
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
  'each',
  'day',
]);
/** Counters and bounds, by which nobody decides. */
const unsaid = new Set(['revision', 'floor']);
const times = /^\d{4}-\d\d-\d\dT/;

/** How a value of the server's reads; what it is called tells whether a number is money. */
function useShown(row: Fields): (name: string, value: unknown) => ReactNode {
  const words = useWords(approvalWords);
  const names: Readonly<Record<string, string>> = useWords(fieldWords);
  const purposes: Readonly<Record<string, string>> = useWords(purposeWords);
  const reasons: Readonly<Record<string, string>> = useWords(mergeReasonWords);
  const storeName = useStoreName();
  const regionName = useRegionName();
  const programName = useProgramName();
  const locale = localeOf(useLanguage());
  const { merchant } = useSession();
  const currency = typeof row.asset === 'string' ? row.asset : merchant.currency;
  const show = (name: string, value: unknown): ReactNode => {
    if (value === undefined || value === null || value === '') return <span className="none">–</span>;
    if (typeof value === 'number')
      return amounts.has(name) ? formatMoney(value, currency, locale) : value.toLocaleString(locale);
    if (typeof value === 'boolean') return value ? words.yes : words.no;
    if (Array.isArray(value))
      return value.map((one: unknown, place) => <div key={String(place)}>{show(name, one)}</div>);
    if (typeof value === 'object')
      return Object.entries(value).map(([inner, one]) => (
        <div key={inner}>
          <span className="soft">{names[inner] ?? inner}</span> {show(inner, one)}
        </div>
      ));
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (times.test(text)) return <Moment at={text} />;
    if (text.startsWith('mem_')) return <MemberName id={text} />;
    if (name === 'reason') return reasons[text] ?? text;
    if (text.startsWith('store_')) return storeName(text);
    if (name === 'regions') return regionName(text);
    if (text.startsWith('mer_')) return words.merchantItself;
    if (text.startsWith('prog_')) return programName(text);
    return name === 'purpose' ? (purposes[text] ?? text) : text;
  };
  return show;
}
