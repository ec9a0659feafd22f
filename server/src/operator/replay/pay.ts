import { z } from 'zod';
import { jsonAmount } from '../../kernel/money.ts';
import { type Answer, Id } from './api.ts';
import { inOrder } from './inOrder.ts';
import { currency, type Job } from './job.ts';
import { firstLoad, type Plan, type Visit } from './plan.ts';
import type { Printed } from './setUp.ts';
import { type Count, count, countRefusal, type Met, unmet } from './tally.ts';

export type Tally = Met & {
  readonly activations: Count;
  readonly redemptions: Count;
  /** `replayed`: the card had been reloaded when the basket came to be paid. */
  readonly reloads: Count;
  /** Of the paying alone. */
  seconds: number;
};

type Till = Job & {
  readonly storeIds: ReadonlyMap<string, string>;
  readonly cards: ReadonlyMap<string, Printed>;
  /** By household, from when it is sold. */
  readonly cardIds: Map<string, string>;
  readonly tally: Tally;
};

const Activation = z.looseObject({
  cards: z.array(z.looseObject({ cardId: z.string() })),
  rejected: z.array(z.looseObject({ reason: z.string() })),
});
const tender = 'cash';

/**
 * Pays all visits in time order; those of one household one after the other. Every key, reference and body follows from
 * the data alone, so what an earlier run did is only answered again.
 */
export async function payAll(
  job: Job,
  { visits, households }: Plan,
  storeIds: Till['storeIds'],
  printed: readonly Printed[],
): Promise<Tally> {
  const none = () => ({ made: 0, replayed: 0 });
  const tally: Tally = {
    activations: none(),
    redemptions: none(),
    reloads: none(),
    refusals: new Map(),
    unmet: [],
    seconds: 0,
  };
  const cards = new Map(households.flatMap((household, n) => (printed[n] ? [[household, printed[n]]] : [])));
  const till: Till = { ...job, storeIds, cards, cardIds: new Map(), tally };
  const progress = job.bar('Paying baskets', visits.length);
  const started = performance.now();
  let paid = 0;
  await inOrder(
    visits,
    job.concurrency,
    ({ householdId }) => householdId,
    async (visit) => {
      if (visit.first) await sell(till, visit);
      if (visit.total > 0n) await pay(till, visit);
      progress.at(++paid);
    },
  );
  progress.end();
  tally.seconds = (performance.now() - started) / 1000;
  return tally;
}

async function sell({ api, prefix, storeIds, cards, cardIds, tally }: Till, visit: Visit): Promise<void> {
  const { householdId, storeId } = visit;
  const amount = jsonAmount(firstLoad);
  const body = {
    cards: [{ serial: cards.get(householdId)?.serial, holder: householdId }],
    storeId: storeIds.get(storeId),
    payment: { tender, amount, reference: visit.id },
  };
  const answer = await api.post('/v1/cards/activate', `${prefix}-activate-${householdId}`, body, Activation);
  if ('refusal' in answer) return unmet(tally, answer.refusal, `card of household ${householdId}`);
  const [sold] = answer.body.cards;
  if (!sold)
    return unmet(tally, answer.body.rejected[0]?.reason ?? 'nothing', `card of household ${householdId}`);
  cardIds.set(householdId, sold.cardId);
  count(tally.activations, answer);
}

/** As a till does it: when the card is refused because it runs short, it is reloaded and presented again. */
async function pay(till: Till, visit: Visit): Promise<void> {
  const { tally } = till;
  const { id, reload } = visit;
  let answer = await redeem(till, visit);
  if (reload > 0n && 'refusal' in answer && answer.refusal === 'insufficient_balance') {
    countRefusal(tally, answer.refusal);
    await reloadCard(till, visit);
    answer = await redeem(till, visit);
  } else if (reload > 0n && 'body' in answer) {
    tally.reloads.replayed++;
  }
  if ('refusal' in answer) unmet(tally, answer.refusal, `basket ${id}`);
  else count(tally.redemptions, answer);
}

async function redeem({ api, prefix, storeIds, cards }: Till, visit: Visit): Promise<Answer<unknown>> {
  const { id, householdId, storeId, total } = visit;
  const card = cards.get(householdId);
  const body = {
    code: card?.code,
    pin: card?.pin,
    amount: jsonAmount(total),
    currency,
    storeId: storeIds.get(storeId),
    reference: id,
  };
  return api.post('/v1/redemptions', `${prefix}-redeem-${id}`, body, Id);
}

async function reloadCard({ api, prefix, storeIds, cardIds, tally }: Till, visit: Visit): Promise<void> {
  const { id, householdId, storeId, reload } = visit;
  const cardId = cardIds.get(householdId);
  // It could not be sold, which has been counted.
  if (cardId === undefined) return;
  const amount = jsonAmount(reload);
  const body = { amount, storeId: storeIds.get(storeId), payment: { tender, amount, reference: id } };
  const answer = await api.post(`/v1/cards/${cardId}/reload`, `${prefix}-reload-${id}`, body, Id);
  if ('refusal' in answer) unmet(tally, answer.refusal, `reload for basket ${id}`);
  else count(tally.reloads, answer);
}
