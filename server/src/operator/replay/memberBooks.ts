import { z } from 'zod';
import { amountOf } from '../../kernel/money.ts';
import { type Api, CardFacts, Id } from './api.ts';
import { inOrder } from './inOrder.ts';
import { currency, type Job } from './job.ts';
import type { MemberPlan } from './memberPlan.ts';
import type { MemberTally } from './members.ts';

const amount = z.int().transform((n) => amountOf(n));
const Wallet = z.looseObject({
  memberId: z.string(),
  balance: z.looseObject({ principal: amount, bonus: amount, later: amount }),
});
const Points = z.looseObject({ usable: amount, pending: amount, owed: amount });

export type WalletCheck = {
  readonly checked: number;
  readonly loads: bigint;
  readonly bonus: bigint;
  readonly spend: bigint;
  readonly balance: bigint;
  readonly points: bigint;
  /** What is not as the file says, a sentence each. */
  readonly off: readonly string[];
};

/** Holds every member's wallet against loads + bonus − spend as the file has them, and the points against what purchases earned. */
export async function checkWallets(job: Job, plan: MemberPlan, tally: MemberTally): Promise<WalletCheck> {
  const wallets = new Map((await job.api.list('/v1/wallets', Wallet)).map((one) => [one.memberId, one]));
  const sums = { checked: 0, loads: 0n, bonus: 0n, spend: 0n, balance: 0n, points: 0n };
  const off: string[] = [];
  await inOrder(
    [...plan.expected],
    job.concurrency,
    ([household]) => household,
    async ([household, { loads, bonus, spend }]) => {
      const memberId = tally.memberIds.get(household) ?? '';
      const wallet = wallets.get(memberId);
      if (!wallet) return void off.push(`household ${household} has no wallet`);
      const { principal, bonus: given, later } = wallet.balance;
      const balance = principal + given + later;
      if (balance !== loads + bonus - spend)
        off.push(`the wallet of household ${household} has ${balance}, not ${loads} + ${bonus} - ${spend}`);
      const { usable, pending, owed } = await job.api.get(`/v1/members/${memberId}/points`, Points);
      const points = usable + pending - owed;
      const earned = tally.earned.get(household) ?? 0n;
      if (points !== earned) off.push(`household ${household} has ${points} points, not ${earned}`);
      sums.checked++;
      sums.loads += loads;
      sums.bonus += bonus;
      sums.spend += spend;
      sums.balance += balance;
      sums.points += points;
    },
  );
  return { ...sums, off };
}

const Totals = z.looseObject({ currency: z.string(), net: amount, closing: amount });
const Statement = Id.extend({ party: z.string(), totals: z.array(Totals) });

export type Statements = {
  readonly period: number;
  readonly stores: number;
  /** Of all stores together, in cents. */
  readonly net: bigint;
  readonly closing: bigint;
  /** What the largest is owed, in cents. */
  readonly largest: bigint;
};

/** Ends a settlement period with these baskets, closes it for good, and adds up what its statements say. */
export async function settle({ api, prefix }: Job, baskets: number): Promise<Statements> {
  const drawn = await api.post(
    '/v1/settlement-periods',
    `${prefix}-period-${baskets}`,
    { answerDays: 0 },
    Id.extend({ number: z.int() }),
  );
  if ('refusal' in drawn)
    throw new Error(`the settlement period was refused: ${drawn.refusal} ${drawn.detail}`);
  const { id, number } = drawn.body;
  const closed = await api.post(`/v1/settlement-periods/${id}/close`, `${prefix}-close-${baskets}`, {}, Id);
  if ('refusal' in closed && closed.refusal !== 'settlement_period_closed')
    throw new Error(`the settlement period is not closed: ${closed.refusal} ${closed.detail}`);
  const statements = await api.list(`/v1/settlement-statements?periodId=${id}`, Statement);
  const totals = statements.flatMap((one) => one.totals.filter((sum) => sum.currency === currency));
  return {
    period: number,
    stores: statements.filter(({ party }) => party === 'store').length,
    net: totals.reduce((sum, { net }) => sum + net, 0n),
    closing: totals.reduce((sum, { closing }) => sum + closing, 0n),
    largest: totals.reduce((most, { closing }) => (closing > most ? closing : most), 0n),
  };
}

const Rolled = z.looseObject({
  currency: z.string(),
  ...{ opening: amount, loaded: amount, bonus: amount, spent: amount, refunded: amount, expired: amount },
  ...{ adjusted: amount, transferred: amount, closing: amount },
});

export type Liability = z.output<typeof Rolled> & {
  /** What is on all cards and wallets, read one by one, in cents. */
  readonly held: bigint;
};

/** How what customers hold came about, from before the first sale until now; beside what is on their cards and wallets. */
export async function readLiability(api: Api): Promise<Liability> {
  const { totals } = await api.get(
    '/v1/reports/liability-roll-forward?from=2000-01-01',
    z.looseObject({ totals: z.array(Rolled) }),
  );
  const rolled = totals.find((sum) => sum.currency === currency);
  if (!rolled) throw new Error(`there is no liability in ${currency}`);
  const cards = await api.list('/v1/cards', CardFacts);
  const wallets = await api.list('/v1/wallets', Wallet);
  const held =
    cards.reduce((sum, card) => sum + amountOf(card.balance), 0n) +
    wallets.reduce((sum, { balance }) => sum + balance.principal + balance.bonus + balance.later, 0n);
  return { ...rolled, held };
}

/** What it must come to. */
export function closingOf(rolled: Liability): bigint {
  const { opening, loaded, bonus, spent, refunded, expired, adjusted, transferred } = rolled;
  return opening + loaded + bonus - spent - refunded - expired + adjusted + transferred;
}
