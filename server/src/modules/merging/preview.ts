import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { isRefused, type Refusal } from '../../kernel/outcome.ts';
import { useCase } from '../../platform/executor/useCase.ts';
import type { Account } from '../ledger/index.ts';
import { type MembershipRows, overview } from '../memberships/index.ts';
import { beyondScope } from '../merchants/index.ts';
import { isUsable, lotsIn, type PointsRows, purseOf } from '../points/index.ts';
import { isPrincipal, moneyAnswer, moneyIn } from '../wallets/index.ts';
import { type Against, type MergeInput, type MergeRows, mergeRows, type Side, tagsOfBoth } from './merge.ts';
import { planOf } from './plan.ts';

/** What merging two members would do, to the cent, and all that is against it. Changes nothing. */
export const previewMerge = useCase({
  name: 'member.preview_merge',
  permission: 'members.merge',
  movesValue: false,
  needs: mergeRows,
  decide(rows, _input: Omit<MergeInput, 'reason'>, { actor, now, merchantId }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    const planned = planOf(rows, { now });
    if (isRefused(planned)) return planned;
    const { plan, against } = planned;
    const currency = rows.merchant?.currency ?? '';
    const after = afterOf(rows, planned.plan, now);
    const answer = {
      id: encodeId('mem', plan.from.id),
      intoId: encodeId('mem', plan.into.id),
      currency,
      against: against.map(reasonAnswer),
      from: sideAnswer(rows.from, currency, now),
      into: sideAnswer(rows.into, currency, now),
      after: {
        balance: moneyAnswer(moneyIn(after.lots, currency, now)),
        points: purseAnswer(after.points, now),
        tier: plan.tiers.after,
        membership: after.membership,
        membershipDays: plan.term.days,
        tags: tagsOfBoth(plan.from, plan.into),
      },
      lots: plan.lots.filter(({ from }) => from.balance > 0n).map(({ from }) => lotAnswer(from, merchantId)),
      pointLots: lotsIn(rows.from.points, now).map((lot) => ({
        points: jsonAmount(lot.account.balance),
        isPending: !isUsable(lot, now),
        usableFrom: lot.term.from?.toISOString() ?? null,
        usableUntil: lot.term.until?.toISOString() ?? null,
      })),
      cards: rows.from.cards.map(({ id, last4, state }) => ({ id: encodeId('card', id), last4, state })),
      topUps: rows.from.topUps.length,
    };
    return { unchanged: JSON.stringify(answer) };
  },
});

const reasonAnswer = ({ what, refusal: { refused: code, detail, next } }: Against) => ({
  code,
  what: what ?? null,
  detail: detail ?? null,
  next: next ?? null,
});

/** What a member has, in one line each. */
function sideAnswer({ lots, points, membership, cards, coupons }: Side, currency: string, now: Date) {
  return {
    balance: moneyAnswer(moneyIn(lots, currency, now)),
    points: purseAnswer(points, now),
    ...standingAnswer(membership, now),
    cards: cards.length,
    coupons: coupons.length,
  };
}

function standingAnswer(rows: MembershipRows, now: Date) {
  const { membership, tier } = overview(rows, now);
  return { membership, tier: tier?.id ?? null };
}

function purseAnswer(points: PointsRows, now: Date) {
  const { usable, pending, owed } = purseOf(points, now);
  return { usable: jsonAmount(usable), pending: jsonAmount(pending), owed: jsonAmount(owed) };
}

/** What the one who stays has then. */
function afterOf(rows: MergeRows, { book, lots, term, points }: PlanOf, now: Date) {
  const accounts = new Map<string, Account>();
  for (const account of [...rows.into.lots, ...lots.map(({ to }) => to)])
    accounts.set(account.id, book.now(account));
  const membership = term.kept ? { ...rows.into.membership, membership: term.kept } : rows.into.membership;
  return { lots: [...accounts.values()], points, membership: standingAnswer(membership, now).membership };
}

type PlanOf = Exclude<ReturnType<typeof planOf>, Refusal>['plan'];

function lotAnswer(lot: Account, merchantId: string) {
  const storeId = lot.detail.split('|')[1] ?? '';
  return {
    kind: isPrincipal(lot) ? ('principal' as const) : ('bonus' as const),
    storeId: storeId === '' || storeId === merchantId ? null : encodeId('store', storeId),
    currency: lot.asset,
    balance: jsonAmount(lot.balance),
    usableFrom: lot.usableFrom?.toISOString() ?? null,
    usableUntil: lot.usableUntil?.toISOString() ?? null,
  };
}
