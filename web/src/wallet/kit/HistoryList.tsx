import type { ReactNode } from 'react';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { formatMoment } from '../../ui/time.ts';
import { localeOf, useLanguage } from '../../ui/words.ts';
import { useMerchant } from '../merchant.ts';
import { More } from './More.tsx';
import { Waiting } from './Waiting.tsx';

/** One thing that happened: what, by how much, when, and what else is to be said of it. */
type Line = {
  readonly what: string;
  readonly change: number;
  /** The change as people read it, without a plus. */
  readonly text: string;
  readonly at: string;
  readonly more?: readonly string[];
};

type Pages<Entry> = {
  readonly items: readonly Entry[] | undefined;
  readonly error: Error | null;
  readonly more: (() => void) | undefined;
  readonly isBusy: boolean;
  readonly refetch: () => unknown;
};

type Props<Entry> = {
  readonly pages: Pages<Entry>;
  readonly lineOf: (entry: Entry) => Line;
  readonly icon: IconName;
  readonly words: { readonly history: string; readonly none: string; readonly noneWhy: string };
};

/** How many entries are asked for at once. */
export const entriesAtOnce = 30;

/** What happened to something of mine, the newest first. */
export function HistoryList<Entry extends { readonly id: string }>({
  pages: { items, error, more, isBusy, refetch },
  lineOf,
  icon,
  words,
}: Props<Entry>): ReactNode {
  if (!items) return <Waiting error={error} onAgain={refetch} />;
  if (items.length === 0)
    return (
      <div className="empty">
        <Icon name={icon} size={48} />
        <p>{words.none}</p>
        <p className="soft">{words.noneWhy}</p>
      </div>
    );
  return (
    <section aria-labelledby="history">
      <h2 id="history">{words.history}</h2>
      <ul className="plain-list lines">
        {items.map((entry) => (
          <li key={entry.id}>
            <OneLine {...lineOf(entry)} />
          </li>
        ))}
      </ul>
      <More more={more} isBusy={isBusy} />
    </section>
  );
}

function OneLine({ what, change, text, at, more = [] }: Line) {
  const locale = localeOf(useLanguage());
  const { timezone } = useMerchant();
  return (
    <>
      <span>{what}</span>
      <span className={change < 0 ? 'money' : 'money gained'}>
        {change > 0 ? '+' : ''}
        {text}
      </span>
      <span className="soft line-when">
        <time dateTime={at}>{formatMoment(at, locale, timezone)}</time>
        {more.map((one) => ` · ${one}`).join('')}
      </span>
    </>
  );
}
