import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '../../api/client.ts';
import { formatMoney } from '../../ui/money.ts';
import { useSession } from '../../ui/session.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { CardName } from '../kit/cards.tsx';
import { MemberName } from '../kit/members.tsx';
import { WideTable } from '../kit/WideTable.tsx';
import { eventWords } from '../records/events/words.ts';
import { differing, type Fields, isSaid, useShown } from './shown.tsx';
import { approvalWords, fieldWords, rowWords } from './words.ts';

type Diff = AnswerOf<'GET /v1/approvals/{id}'>['diff'];

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
  // What a thing was before and is after stands below, as what changes.
  const entries = Object.entries(fields).filter(
    ([name, value]) =>
      isSaid(name, value) && !('before' in fields && (name === 'before' || name === 'after')),
  );
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
  const show = useShown(after, what);
  // Whose it is and for what stands over it, changed or not: without that a balance is nobody's.
  const isAccount = what === 'account';
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after)])].filter(
    (name) =>
      isSaid(name, after[name]) &&
      !(isAccount && (name === 'purpose' || name === 'ownerId')) &&
      (before === null ? after[name] !== '' : JSON.stringify(before[name]) !== JSON.stringify(after[name])),
  );
  return (
    <section className="change">
      <h4>
        {isAccount ? (
          <>
            {show('purpose', after.purpose)}
            {isSaid('ownerId', after.ownerId) ? <> · {show('ownerId', after.ownerId)}</> : null}
          </>
        ) : (
          <>
            {rows[what] ?? what} <WhichOne what={what} id={id} />
          </>
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
                {before === null ? null : (
                  <td className="was">{show(name, differing(before[name], after[name]))}</td>
                )}
                <td className="will">{show(name, differing(after[name], before?.[name]))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
    </section>
  );
}

/** The row itself, with a way to its page where it has one. */
function WhichOne({ what, id }: Pick<Diff['changes'][number], 'what' | 'id'>) {
  const words = useWords(approvalWords);
  if (id === null) return null;
  if (what === 'card') return <CardName id={id} />;
  if (what === 'member') return <MemberName id={id} />;
  if (what === 'dividend') {
    return (
      <Link to="/dividends/$id" params={{ id }}>
        {words.shares}
      </Link>
    );
  }
  if (what === 'import') {
    return (
      <Link to="/imports/$id" params={{ id }}>
        {words.seeImport}
      </Link>
    );
  }
  return <span className="mono small soft">…{id.slice(-6)}</span>;
}
