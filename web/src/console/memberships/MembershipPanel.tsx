import { Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useAsk } from '../../ui/asking.ts';
import { formatMoney } from '../../ui/money.ts';
import { useSession } from '../../ui/session.ts';
import { formatLastDay } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { LastDay, Moment, Money } from '../kit/columns.tsx';
import { Failed, Nothing } from '../kit/Notes.tsx';
import { useStoreName } from '../kit/names.ts';
import { Facts, Panel } from '../kit/Page.tsx';
import { MembershipVerbs } from './MembershipVerbs.tsx';
import type { Overview } from './overview.ts';
import { rateText } from './plan.ts';
import { membershipWords } from './words.ts';

type State = NonNullable<Overview['membership']>['state'];

const tones: Readonly<Record<State, 'good' | 'look' | 'stop' | 'quiet'>> = {
  scheduled: 'quiet',
  active: 'good',
  paused: 'look',
  grace: 'look',
  ended: 'stop',
  cancelled: 'stop',
};

/** What a member has by card type and tier, how far the next tier is, and what may be done. */
export function MembershipPanel({ memberId }: { readonly memberId: string }) {
  const words = useWords(membershipWords);
  const { data, error, refetch } = useAsk('GET /v1/members/{id}/membership', { params: { id: memberId } });
  return (
    <Panel title={words.title}>
      {error && !data ? <Failed error={error} again={() => void refetch()} /> : null}
      {data ? (
        <>
          <Term overview={data} />
          <Tier overview={data} />
          <MembershipVerbs overview={data} />
        </>
      ) : error ? null : (
        <Skeleton active />
      )}
    </Panel>
  );
}

function Term({ overview: { membership, plan } }: { readonly overview: Overview }) {
  const words = useWords(membershipWords);
  const language = useLanguage();
  const storeName = useStoreName();
  if (membership === null) return <Nothing text={words.none} />;
  const { state, firstDay, lastDay, graceUntil, validUntil, pausedUntil, storeId } = membership;
  const rows: (readonly [string, ReactNode])[] = [
    [
      words.plan,
      <>
        <Link to="/membership-plans/$id" params={{ id: membership.plan.id }}>
          {membership.plan.name[language]}
        </Link>{' '}
        <span className={`mark ${tones[state]}`}>{words[state]}</span>
      </>,
    ],
    [words.term, words.termText(firstDay, lastDay)],
  ];
  if (state === 'grace' && graceUntil !== validUntil)
    rows.push([words.graceUntil, <LastDay key="grace" before={graceUntil} />]);
  if (pausedUntil !== null) rows.push([words.pausedUntil, <LastDay key="pause" before={pausedUntil} />]);
  if (plan !== null) rows.push([words.discount, rateText(plan.discount.ppm, language)]);
  if (storeId !== null) rows.push([words.soldAt, storeName(storeId)]);
  return <Facts items={rows} />;
}

function Tier({ overview }: { readonly overview: Overview }) {
  const words = useWords(membershipWords);
  const language = useLanguage();
  const { tier, progress, visits, lastVisitAt } = overview;
  const rows: (readonly [string, ReactNode])[] = [];
  if (progress !== null) {
    const { currency, spent, points, periodEnd } = progress;
    rows.push([
      words.tier,
      tier === null ? (
        <span key="tier" className="none">
          {words.noTier}
        </span>
      ) : (
        <span key="tier">
          <strong>{tier.name[language]}</strong> · {rateText(tier.discount.ppm, language)}
          <Given overview={overview} />
        </span>
      ),
    ]);
    rows.push([words.progress, <Towards key="next" progress={progress} />]);
    rows.push([words.spent, <Money key="spent" amount={spent} currency={currency} />]);
    if (points !== 0) rows.push([words.earned, points.toLocaleString(localeOf(language))]);
    if (periodEnd !== null) rows.push([words.periodEnd, <LastDay key="end" before={periodEnd} />]);
  }
  rows.push([words.visits, visits.toLocaleString(localeOf(language))]);
  if (lastVisitAt !== null) rows.push([words.lastVisit, <Moment key="last" at={lastVisitAt} />]);
  return (
    <div className="spaced">
      <Facts items={rows} />
    </div>
  );
}

function Given({ overview: { progress } }: { readonly overview: Overview }) {
  const words = useWords(membershipWords);
  const locale = localeOf(useLanguage());
  const { timezone } = useSession().merchant;
  if (!progress?.given) return null;
  const { until } = progress.given;
  return (
    <span className="soft small">
      {' '}
      {until === null ? words.givenForEver : words.given(formatLastDay(until, locale, timezone))}
    </span>
  );
}

function Towards({ progress }: { readonly progress: NonNullable<Overview['progress']> }) {
  const words = useWords(membershipWords);
  const language = useLanguage();
  const locale = localeOf(language);
  const { next, currency, spent } = progress;
  if (next === null) return <span className="soft">{words.highest}</span>;
  const { spendLeft, pointsLeft, name } = next;
  const left = [
    ...(spendLeft === null ? [] : [words.spendLeft(formatMoney(spendLeft, currency, locale))]),
    ...(pointsLeft === null ? [] : [words.pointsLeft(pointsLeft.toLocaleString(locale))]),
  ].join(words.orElse);
  return (
    <>
      {words.towards(name[language])}
      {left === '' ? null : `: ${left}`}
      {spendLeft === null ? null : (
        // Drawn, not reckoned: how much of the way is behind.
        <progress className="way" max={spent + spendLeft} value={spent} aria-label={words.progress} />
      )}
    </>
  );
}
