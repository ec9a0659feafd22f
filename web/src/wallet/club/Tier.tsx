import { discountText } from '../../ui/members/discount.ts';
import { formatMoney } from '../../ui/money.ts';
import { formatLastDay } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { useMerchant } from '../merchant.ts';
import type { Overview } from './overview.ts';
import { clubWords } from './words.ts';

/** Which tier I have, what it takes off, and how far the next one is. Nothing where the shop has none. */
export function Tier({ overview: { tier, progress, visits } }: { readonly overview: Overview }) {
  const words = useWords(clubWords);
  const language = useLanguage();
  if (progress === null) return null;
  const off = tier === null ? undefined : discountText(tier.discount.ppm, language);
  return (
    <section aria-labelledby="tier" className="panel">
      <div className="between">
        <h2 id="tier">{words.tier}</h2>
        <strong>
          {tier?.name[language] ?? words.tierNone}
          {off === undefined ? '' : ` · ${off}`}
        </strong>
      </div>
      {progress.given === null ? null : <p className="soft">{words.given}</p>}
      <Next progress={progress} isTop={tier !== null} />
      <dl className="pairs">
        <div>
          <dt>{words.visits}</dt>
          <dd>{visits}</dd>
        </div>
      </dl>
    </section>
  );
}

type Progress = NonNullable<Overview['progress']>;

function Next({ progress, isTop }: { readonly progress: Progress; readonly isTop: boolean }) {
  const words = useWords(clubWords);
  const language = useLanguage();
  const locale = localeOf(language);
  const { timezone } = useMerchant();
  const { next, spent, currency, periodEnd } = progress;
  const money = (amount: number) => formatMoney(amount, currency, locale);
  const ways =
    next === null
      ? []
      : [
          ...(next.spendLeft === null ? [] : [words.spendLeft(money(next.spendLeft))]),
          ...(next.pointsLeft === null ? [] : [words.pointsLeft(next.pointsLeft.toLocaleString(locale))]),
        ];
  return (
    <>
      {next !== null && (next.spendLeft ?? 0) > 0 ? (
        <progress
          className="bar-progress"
          max={spent + (next.spendLeft ?? 0)}
          value={spent}
          aria-label={words.next(next.name[language])}
        />
      ) : null}
      {next === null && isTop ? <p>{words.top}</p> : null}
      {next === null || ways.length === 0 ? null : (
        <p>
          <strong>{words.next(next.name[language])}</strong> {ways.join(words.either)}
        </p>
      )}
      <p className="soft">
        {words.spent} {money(spent)}
        {periodEnd === null ? '' : ` · ${words.periodEnd(formatLastDay(periodEnd, locale, timezone))}`}
      </p>
    </>
  );
}
