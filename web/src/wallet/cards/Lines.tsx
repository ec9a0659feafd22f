import type { ItemOf } from '../../api/client.ts';
import { formatMoney } from '../../ui/money.ts';
import { formatMoment } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { useMerchant } from '../merchant.ts';
import { cardWords, lineWords } from './words.ts';

export type Line = ItemOf<'GET /v1/wallet/{slug}/cards/{id}/activities'>;
type Props = { readonly lines: readonly Line[]; readonly currency: string };

/** What happened to a card, the newest first. */
export function Lines({ lines, currency }: Props) {
  const words = useWords(cardWords);
  return (
    <section aria-labelledby="history">
      <h2 id="history">{words.history}</h2>
      {lines.length === 0 ? <p className="soft">{words.noHistory}</p> : null}
      <ul className="plain-list lines">
        {lines.map((line) => (
          <li key={line.id}>
            <LineOf line={line} currency={currency} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One thing that happened: what, when, where and how much. */
export function LineOf({ line, currency }: { readonly line: Line; readonly currency: string }) {
  const names: Readonly<Record<string, string>> = useWords(lineWords);
  const locale = localeOf(useLanguage());
  const { timezone } = useMerchant();
  const { type, occurredAt, store, amount } = line;
  const sign = amount > 0 && !type.startsWith('hold.') ? '+' : '';
  return (
    <>
      <span>{names[type] ?? type}</span>
      {amount === 0 ? null : (
        <span className={amount < 0 ? 'money' : 'money gained'}>
          {sign}
          {formatMoney(amount, currency, locale)}
        </span>
      )}
      <span className="soft line-when">
        <time dateTime={occurredAt}>{formatMoment(occurredAt, locale, timezone)}</time>
        {store === null ? '' : ` · ${store}`}
      </span>
    </>
  );
}
