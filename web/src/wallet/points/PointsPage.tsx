import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { Icon } from '../../ui/icons.tsx';
import { formatMoney } from '../../ui/money.ts';
import { formatDay, formatLastDay } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { entriesAtOnce, HistoryList } from '../kit/HistoryList.tsx';
import { usePages } from '../kit/paging.ts';
import { Titled } from '../kit/Titled.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { useMerchant } from '../merchant.ts';
import { Members } from '../signin/Members.tsx';
import { pointsEntryWords, pointsWords } from './words.ts';

type Purse = AnswerOf<'GET /v1/wallet/{slug}/points'>;

/** My points: how many, when they lapse, and what happened to them. */
export function PointsPage() {
  const words = useWords(pointsWords);
  return (
    <>
      <Titled title={words.title} up="/club" />
      <Members>
        <MyPoints />
      </Members>
    </>
  );
}

function MyPoints() {
  const words = useWords(pointsWords);
  const { slug } = useMerchant();
  const { data, error, refetch } = useAsk('GET /v1/wallet/{slug}/points', { params: { slug } });
  if (!data) return <Waiting error={error} onAgain={refetch} />;
  return (
    <>
      <Sum purse={data} />
      <Link to={`/${slug}/points/gifts`} className="button main wide">
        <Icon name="program" /> {words.takeGift}
      </Link>
      <Lots purse={data} />
      <History />
    </>
  );
}

function Sum({ purse: { usable, pending, owed, worth, currency } }: { readonly purse: Purse }) {
  const words = useWords(pointsWords);
  const locale = localeOf(useLanguage());
  const notes = [
    ...(worth > 0 ? [words.worth(formatMoney(worth, currency, locale))] : []),
    ...(pending > 0 ? [words.pending(pending.toLocaleString(locale))] : []),
  ];
  return (
    <section className="panel">
      <span className="soft">{words.usable}</span>
      <strong className="top-up-figure">{usable.toLocaleString(locale)}</strong>
      {notes.length > 0 ? <p className="soft">{notes.join(' · ')}</p> : null}
      {owed > 0 ? <p className="note look">{words.owed(owed.toLocaleString(locale))}</p> : null}
    </section>
  );
}

function Lots({ purse: { lots } }: { readonly purse: Purse }) {
  const words = useWords(pointsWords);
  const locale = localeOf(useLanguage());
  const { timezone } = useMerchant();
  if (lots.every(({ lapsesAt, isUsable }) => lapsesAt === null && isUsable)) return null;
  const whenOf = ({ isUsable, usableFrom, lapsesAt }: Purse['lots'][number]) => {
    const end = lapsesAt === null ? words.forever : words.lapses(formatLastDay(lapsesAt, locale, timezone));
    if (isUsable || usableFrom === null) return end;
    return `${words.usableFrom(formatDay(usableFrom, locale, timezone))} · ${end}`;
  };
  return (
    <section aria-labelledby="lots">
      <h2 id="lots">{words.lots}</h2>
      <ul className="plain-list lines">
        {lots.map((lot) => (
          <li key={`${lot.usableFrom}|${lot.lapsesAt}`}>
            <span>{whenOf(lot)}</span>
            <span className="money">{lot.points.toLocaleString(locale)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function History() {
  const words = useWords(pointsWords);
  const names: Readonly<Record<string, string>> = useWords(pointsEntryWords);
  const locale = localeOf(useLanguage());
  const { slug } = useMerchant();
  const pages = usePages('GET /v1/wallet/{slug}/points/history', (cursor) => ({
    params: { slug },
    query: { limit: entriesAtOnce, ...(cursor === undefined ? {} : { cursor }) },
  }));
  return (
    <HistoryList
      pages={pages}
      icon="program"
      words={words}
      lineOf={({ type, points, createdAt }) => ({
        what: names[type] ?? type,
        change: points,
        text: points.toLocaleString(locale),
        at: createdAt,
      })}
    />
  );
}
