import type { AnswerOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { formatMoney } from '../../ui/money.ts';
import { useSession } from '../../ui/session.ts';
import { formatDay, formatLastDay } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { ErrorNote } from '../kit/Notes.tsx';
import { type Draft, previewOf } from './terms.ts';
import { bonusWords } from './words.ts';

type Item = AnswerOf<'POST /v1/bonus-rule-previews'>['items'][number];

/** What would be given on these terms, as the server reckons it. */
export function Example({ draft }: { readonly draft: Draft }) {
  const words = useWords(bonusWords);
  const { currency } = useSession().merchant;
  const asked = previewOf(draft, currency);
  const { data, error } = useAsk(
    'POST /v1/bonus-rule-previews',
    { body: asked ?? { steps: [], amounts: [] } },
    { enabled: asked !== undefined },
  );
  if (error) return <ErrorNote error={error} />;
  if (asked === undefined || !data) return <p className="soft">{words.exampleWait}</p>;
  return (
    <ul className="examples" aria-live="polite">
      {data.items.map((item) => (
        <Line key={item.amount} item={item} currency={data.currency} />
      ))}
    </ul>
  );
}

function Line({
  item: { amount, bonus, points, coupons, instalments },
  currency,
}: {
  readonly item: Item;
  readonly currency: string;
}) {
  const words = useWords(bonusWords);
  const locale = localeOf(useLanguage());
  const { timezone } = useSession().merchant;
  const money = (sum: number) => formatMoney(sum, currency, locale);
  const until = (at: string | null) =>
    at === null ? '' : words.partUntil(formatLastDay(at, locale, timezone));
  const given = [
    ...(bonus === 0 ? [] : [money(bonus)]),
    ...(points === 0 ? [] : [words.pointsSum(points.toLocaleString(locale))]),
    ...(coupons === null || coupons.reason !== null ? [] : [words.couponsSum(coupons.name, coupons.count)]),
  ];
  const isPlain = instalments.length === 1 && instalments[0]?.usableUntil === null;
  return (
    <li>
      <strong>
        {given.length === 0
          ? words.exampleNone(money(amount))
          : words.exampleLine(money(amount), given.join(' + '))}
      </strong>
      {coupons === null || coupons.reason === null ? null : (
        <div className="soft small">{words.couponsNot(coupons.name)}</div>
      )}
      {isPlain || bonus === 0 ? null : (
        <ul className="plain-list soft small">
          {instalments.map(({ amount: part, usableFrom, usableUntil }) => (
            <li key={usableFrom ?? ''}>
              {usableFrom === null
                ? words.partNow(money(part))
                : words.partFrom(money(part), formatDay(usableFrom, locale, timezone))}
              {until(usableUntil)}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
