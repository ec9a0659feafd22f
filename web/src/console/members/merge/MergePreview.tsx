import { Alert } from 'antd';
import type { ReactNode } from 'react';
import type { AnswerOf } from '../../../api/client.ts';
import { listed } from '../../../ui/listed.ts';
import { localeOf, refusalText, useLanguage, useWords } from '../../../ui/words.ts';
import { LastDay, Moment, Money } from '../../kit/columns.tsx';
import { useStoreName } from '../../kit/names.ts';
import { WideTable } from '../../kit/WideTable.tsx';
import { mergeWords } from './words.ts';

export type Preview = AnswerOf<'POST /v1/members/{id}/merge-preview'>;

/** What merging does: both sides and what they come to, what is against it, and each lot that goes over. */
export function MergePreview({ preview }: { readonly preview: Preview }) {
  const words = useWords(mergeWords);
  const { after, topUps } = preview;
  return (
    <section aria-live="polite">
      <Against reasons={preview.against} />
      <Sides preview={preview} />
      {after.membershipDays > 0 ? <p className="small">{words.days(after.membershipDays)}</p> : null}
      <Lots preview={preview} />
      {topUps > 0 ? <p className="small">{words.topUps(topUps)}</p> : null}
      <p className="soft small">{words.lost}</p>
    </section>
  );
}

function Against({ reasons }: { readonly reasons: Preview['against'] }) {
  const words = useWords(mergeWords);
  const language = useLanguage();
  if (reasons.length === 0) return null;
  return (
    <Alert
      type="error"
      showIcon
      title={words.cannot}
      description={
        <ul>
          {reasons.map(({ code, what }) => (
            <li key={`${code} ${what ?? ''}`}>
              {what === null ? refusalText(code, language) : words[what]}
              {code === 'memberships_unlike' ? words.unlike : null}
            </li>
          ))}
        </ul>
      }
    />
  );
}

/** The end of a number, by which people tell it: the rest is hidden anyhow, and a phone is narrow. */
const lastOf = ({ phone }: { readonly phone: string }) => phone.slice(-4);

type Row = readonly [label: string, from: ReactNode, into: ReactNode, then: ReactNode];

function Sides({ preview: { from, into, after, currency } }: { readonly preview: Preview }) {
  const words = useWords(mergeWords);
  const locale = localeOf(useLanguage());
  const tagsOf = ({ tags }: { readonly tags: readonly string[] }) => listed(tags, locale) || '–';
  const money = (key: string, amount: number) => <Money key={key} amount={amount} currency={currency} />;
  const sums = (['principal', 'bonus', 'later'] as const)
    .filter((kind) => from.balance[kind] + into.balance[kind] > 0 || kind === 'principal')
    .map((kind): Row => {
      const of = (side: { readonly balance: Preview['after']['balance'] }) => money(kind, side.balance[kind]);
      return [words[kind], of(from), of(into), of(after)];
    });
  const counts = (
    [
      ['points', 'usable'],
      ['pending', 'pending'],
      ['owed', 'owed'],
    ] as const
  )
    .filter(([, kind]) => from.points[kind] + into.points[kind] > 0 || kind === 'usable')
    .map(([label, kind]): Row => {
      const of = ({ points }: { readonly points: Preview['after']['points'] }) =>
        points[kind].toLocaleString(locale);
      return [words[label], of(from), of(into), of(after)];
    });
  const until = ({ membership }: { readonly membership: Preview['after']['membership'] }) =>
    membership === null ? '–' : <LastDay key="until" before={membership.validUntil} />;
  const rows: readonly Row[] = [
    [words.name, from.person.name ?? '–', into.person.name ?? '–', into.person.name ?? '–'],
    [words.number, lastOf(from.person), lastOf(into.person), lastOf(into.person)],
    [words.birthday, from.person.birthday ?? '–', into.person.birthday ?? '–', into.person.birthday ?? '–'],
    ...sums,
    ...counts,
    [words.membership, until(from), until(into), until(after)],
    [words.tier, from.tier ?? '–', into.tier ?? '–', after.tier ?? '–'],
    [words.cards, from.cards, into.cards, from.cards + into.cards],
    [words.tags, tagsOf(from.person), tagsOf(into.person), tagsOf(after)],
  ];
  return (
    <WideTable>
      <table className="diff">
        <thead>
          <tr>
            <td />
            <th scope="col">{words.goes}</th>
            <th scope="col">{words.stays}</th>
            <th scope="col">{words.after}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, ...cells]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className="was">{cells[0]}</td>
              <td>{cells[1]}</td>
              <td className="will">{cells[2]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}

function Lots({ preview: { lots, pointLots } }: { readonly preview: Preview }) {
  const words = useWords(mergeWords);
  const locale = localeOf(useLanguage());
  const storeName = useStoreName();
  if (lots.length + pointLots.length === 0) return null;
  const window = (from: string | null, until: string | null) => (
    <>
      <td>{from === null ? '–' : <Moment at={from} />}</td>
      <td>{until === null ? words.noEnd : <LastDay before={until} />}</td>
    </>
  );
  return (
    <>
      <h3>{words.lots}</h3>
      <WideTable>
        <table className="diff">
          <thead>
            <tr>
              <th scope="col">{words.kind}</th>
              <th scope="col">{words.amount}</th>
              <th scope="col">{words.answers}</th>
              <th scope="col">{words.from}</th>
              <th scope="col">{words.until}</th>
            </tr>
          </thead>
          <tbody>
            {lots.map(({ kind, balance, currency, storeId, usableFrom, usableUntil }, place) => (
              <tr key={`${kind} ${String(place)}`}>
                <th scope="row">{words[kind]}</th>
                <td>
                  <Money amount={balance} currency={currency} />
                </td>
                <td>{storeId === null ? words.house : storeName(storeId)}</td>
                {window(usableFrom, usableUntil)}
              </tr>
            ))}
            {pointLots.map(({ points, isPending, usableFrom, usableUntil }, place) => (
              <tr key={`points ${String(place)}`}>
                <th scope="row">{isPending ? words.pending : words.points}</th>
                <td>{points.toLocaleString(locale)}</td>
                <td>–</td>
                {window(usableFrom, usableUntil)}
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
    </>
  );
}
