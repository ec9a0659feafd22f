import { z } from 'zod';
import { jsonAmount } from '../../kernel/money.ts';
import { type Answer, Id } from './api.ts';
import { inOrder } from './inOrder.ts';
import type { Job } from './job.ts';
import {
  bonusFrom,
  bonusPpm,
  cardPrice,
  discountPpm,
  firstTopUp,
  type MemberPlan,
  type MemberVisit,
} from './memberPlan.ts';
import { type Count, count, countRefusal, type Met, unmet } from './tally.ts';

export type MemberTally = Met & {
  /** Year cards sold, each to a household that became a member with it. */
  readonly cards: Count;
  /** `replayed`: the wallet had been topped up when the basket came to be paid. */
  readonly topUps: Count;
  readonly purchases: Count;
  /** Baskets paid in another store than the one that loaded the wallet last. */
  elsewhere: number;
  /** Points that purchases answered with, by household. */
  readonly earned: Map<string, bigint>;
  /** By household. */
  readonly memberIds: Map<string, string>;
};

type Desk = Job & {
  readonly storeIds: ReadonlyMap<string, string>;
  readonly planId: string;
  /** Where a household's wallet was loaded last. */
  readonly loadedAt: Map<string, string>;
  readonly phones: ReadonlyMap<string, string>;
  readonly tally: MemberTally;
};

const Sold = Id.extend({ memberId: z.string() });
const Bought = Id.extend({ earned: z.int() });
const tender = 'cash';

/**
 * Has every household become a member with a year card where it first shops, and every basket paid out of the wallet, which
 * earns points. As with cards, every key, reference and body follows from the data alone.
 */
export async function payAsMembers(
  job: Job,
  { visits }: MemberPlan,
  households: readonly string[],
  storeIds: Desk['storeIds'],
): Promise<MemberTally> {
  const none = () => ({ made: 0, replayed: 0 });
  const tally: MemberTally = {
    ...{ cards: none(), topUps: none(), purchases: none(), elsewhere: 0 },
    ...{ earned: new Map(), memberIds: new Map(), refusals: new Map(), unmet: [] },
  };
  const planId = await layDown(job);
  const phones = new Map(households.map((household, n) => [household, phoneOf(n)]));
  const desk: Desk = { ...job, storeIds, planId, loadedAt: new Map(), phones, tally };
  const progress = job.bar('Paying as members', visits.length);
  let paid = 0;
  await inOrder(
    visits,
    job.concurrency,
    ({ householdId }) => householdId,
    async (visit) => {
      if (visit.first) await join(desk, visit);
      if (visit.total > 0n) await buy(desk, visit);
      progress.at(++paid);
    },
  );
  progress.end();
  return tally;
}

/** A number that nobody can have: there is no area 555. */
const phoneOf = (n: number): string => `+1555${String(n).padStart(7, '0')}`;

/** The card type, the bonus on top-ups and the rules of points; answers with the card type's id. */
async function layDown({ api, prefix }: Job): Promise<string> {
  const plan = await api.post('/v1/membership-plans', `${prefix}-plan`, planBody, Id);
  const bonus = await api.post('/v1/bonus-rules', `${prefix}-bonus`, bonusBody, Id);
  const points = await api.post('/v1/points-schemes', `${prefix}-points`, pointsBody, Id);
  for (const answer of [plan, bonus, points])
    if ('refusal' in answer)
      throw new Error(`the rules for members were refused: ${answer.refusal} ${answer.detail}`);
  return 'body' in plan ? plan.body.id : '';
}

const planBody = {
  name: { zh: '年卡', en: 'Year card' },
  span: { count: 1, unit: 'years' },
  price: jsonAmount(cardPrice),
  discount: { ppm: 0, walletPpm: jsonAmount(discountPpm) },
};
const bonusBody = {
  name: 'Retail replay',
  occasion: 'each',
  steps: [{ from: jsonAmount(bonusFrom), ppm: jsonAmount(bonusPpm) }],
};
const pointsBody = { earn: { points: 1, amount: 100 }, ends: { with: 'never', later: 0 } };

async function join(desk: Desk, { id, householdId, storeId }: MemberVisit): Promise<void> {
  const { api, prefix, storeIds, planId, phones, tally } = desk;
  const body = {
    member: { phone: phones.get(householdId), name: `Household ${householdId}`, consent: { textVersion: 1 } },
    planId,
    storeId: storeIds.get(storeId),
    payment: { tender, amount: jsonAmount(cardPrice), reference: `Y${id}` },
  };
  const answer = await api.post('/v1/memberships', `${prefix}-member-${householdId}`, body, Sold);
  if ('refusal' in answer) return unmet(tally, answer.refusal, `year card of household ${householdId}`);
  tally.memberIds.set(householdId, answer.body.memberId);
  count(tally.cards, answer);
  await topUp(desk, { householdId, storeId, reference: `L${householdId}`, amount: firstTopUp });
}

type TopUp = {
  readonly householdId: string;
  readonly storeId: string;
  readonly reference: string;
  readonly amount: bigint;
};

async function topUp(
  { api, prefix, storeIds, loadedAt, tally }: Desk,
  { householdId, storeId, reference, amount }: TopUp,
): Promise<void> {
  const paid = jsonAmount(amount);
  const body = {
    memberId: tally.memberIds.get(householdId),
    storeId: storeIds.get(storeId),
    amount: paid,
    payment: { tender, amount: paid, reference },
  };
  const answer = await api.post('/v1/wallet-top-ups', `${prefix}-top-up-${reference}`, body, Id);
  loadedAt.set(householdId, storeId);
  if ('refusal' in answer) unmet(tally, answer.refusal, `top-up ${reference}`);
  else count(tally.topUps, answer);
}

/** As a till does it: when the wallet runs short, it is topped up and asked again. */
async function buy(desk: Desk, visit: MemberVisit): Promise<void> {
  const { tally, loadedAt } = desk;
  const { id, householdId, storeId, topUp: amount } = visit;
  // It could not become a member, which has been counted.
  if (!tally.memberIds.has(householdId)) return;
  let answer = await purchase(desk, visit);
  if (amount > 0n && 'refusal' in answer && answer.refusal === 'insufficient_balance') {
    countRefusal(tally, answer.refusal);
    await topUp(desk, { householdId, storeId, reference: `W${id}`, amount });
    answer = await purchase(desk, visit);
  } else if (amount > 0n && 'body' in answer) {
    tally.topUps.replayed++;
    loadedAt.set(householdId, storeId);
  }
  if ('refusal' in answer) return unmet(tally, answer.refusal, `purchase ${id}`);
  count(tally.purchases, answer);
  tally.earned.set(householdId, (tally.earned.get(householdId) ?? 0n) + BigInt(answer.body.earned));
  if (loadedAt.get(householdId) !== storeId) tally.elsewhere++;
}

function purchase(
  { api, prefix, storeIds, tally }: Desk,
  { id, householdId, storeId, total, due }: MemberVisit,
): Promise<Answer<z.output<typeof Bought>>> {
  const body = {
    storeId: storeIds.get(storeId),
    memberId: tally.memberIds.get(householdId),
    lines: [{ name: `Basket ${id}`, price: jsonAmount(total) }],
    reference: `P${id}`,
    tenders: [{ kind: 'wallet', amount: jsonAmount(due) }],
  };
  return api.post('/v1/purchases', `${prefix}-purchase-${id}`, body, Bought);
}
