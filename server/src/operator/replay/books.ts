import { z } from 'zod';
import { amountOf } from '../../kernel/money.ts';
import { type Api, CardFacts, Id } from './api.ts';
import { inOrder } from './inOrder.ts';
import { currency, type Job } from './job.ts';
import type { Expected, Plan } from './plan.ts';
import type { Issue } from './setUp.ts';

const amount = z.int().transform((n) => amountOf(n));
const TrialBalance = z.looseObject({
  assets: z.array(z.object({ asset: z.string(), debits: amount, credits: amount, difference: amount })),
  balanced: z.boolean(),
});
const Position = z.looseObject({ storeId: z.string().nullable(), currency: z.string(), net: amount });
const Settlement = z.looseObject({ counterparts: z.array(Position) });
const Store = Id.extend({ code: z.string() });
const Activity = z.looseObject({ type: z.string(), amount: amount.nullable() });

export type TrialBalance = z.infer<typeof TrialBalance>;
export type NetPosition = { readonly code: string; readonly net: bigint };

/** All debits and credits of the merchant, by asset, in minor units. */
export function readTrialBalance(api: Api): Promise<TrialBalance> {
  return api.get('/v1/ledger/trial-balance', TrialBalance);
}

/** What each store of the merchant is owed by all others together, in cents; a debt is negative. The largest first. */
export async function readNetPositions({ api, concurrency }: Job): Promise<readonly NetPosition[]> {
  const stores = await api.list('/v1/stores', Store);
  const positions: NetPosition[] = [];
  await inOrder(
    stores,
    concurrency,
    ({ id }) => id,
    async ({ id, code }) => {
      const { counterparts } = await api.get(`/v1/stores/${id}/settlement`, Settlement);
      // The merchant itself (no id) is a counterpart too, but has no settlement of its own to sum.
      const between = counterparts.filter((one) => one.storeId !== null && one.currency === currency);
      positions.push({ code, net: between.reduce((sum, { net }) => sum + net, 0n) });
    },
  );
  return positions.sort((a, b) => (a.net === b.net ? a.code.localeCompare(b.code) : a.net > b.net ? -1 : 1));
}

export type CardCheck = {
  readonly checked: number;
  readonly loads: bigint;
  readonly spend: bigint;
  /** What others gave back on these cards; the data has no returns. */
  readonly refunds: bigint;
  readonly balance: bigint;
  /** What is not as the file says, a sentence each. */
  readonly off: readonly string[];
};

/** Holds every card of the batch against loads − spend + refunds, loads and spend as the file has them. */
export async function checkCards(
  { api }: Job,
  plan: Plan,
  { batchId, cards: printed }: Issue,
): Promise<CardCheck> {
  const found = await api.list(`/v1/cards?batchId=${batchId}`, CardFacts);
  const cards = new Map(found.map((card) => [card.serial, card]));
  const sums = { checked: 0, loads: 0n, spend: 0n, refunds: 0n, balance: 0n };
  const off: string[] = [];
  for (const [n, household] of plan.households.entries()) {
    const expected = plan.expected.get(household) ?? { loads: 0n, spend: 0n };
    const card = cards.get(printed[n]?.serial ?? '');
    if (!card) {
      off.push(`household ${household} has no card`);
      continue;
    }
    const balance = amountOf(card.balance);
    const refunds = balance === expected.loads - expected.spend ? 0n : await refundsOn(api, card.id);
    const wrong = wrongWith(card, household, expected, refunds);
    if (wrong !== undefined) off.push(`card ${card.serial} of household ${household} ${wrong}`);
    sums.checked++;
    sums.loads += expected.loads;
    sums.spend += expected.spend;
    sums.refunds += refunds;
    sums.balance += balance;
  }
  if (cards.size !== plan.households.length)
    off.push(`there are ${cards.size} cards, not ${plan.households.length}`);
  return { ...sums, off };
}

type Shown = z.infer<typeof CardFacts>;

function wrongWith(
  card: Shown,
  household: string,
  { loads, spend }: Expected,
  refunds: bigint,
): string | undefined {
  const due = loads - spend + refunds;
  if (amountOf(card.balance) !== due)
    return `has ${card.balance}, not ${due} (${loads} - ${spend} + ${refunds})`;
  if (card.currency !== currency) return `is in ${card.currency}`;
  if (loads > 0n && card.holder !== household) return `is held by ${card.holder}`;
  return undefined;
}

async function refundsOn(api: Api, cardId: string): Promise<bigint> {
  const activities = await api.list(`/v1/cards/${cardId}/activities`, Activity);
  const refunds = activities.filter(({ type }) => type === 'card.refunded');
  return refunds.reduce((sum, { amount }) => sum + (amount ?? 0n), 0n);
}
