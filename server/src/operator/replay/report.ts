import { formatAmount } from '../../kernel/money.ts';
import type { Sales } from './baskets.ts';
import type { CardCheck, NetPosition, TrialBalance } from './books.ts';
import { currency } from './job.ts';
import type { Count, Tally } from './pay.ts';
import type { Plan } from './plan.ts';

/** What the verifier said of all books, or why it was not asked. */
export type Verified = { readonly clean: boolean; readonly said: string } | { readonly notRun: string };

export type Findings = {
  readonly merchant: string;
  readonly sales: Sales;
  readonly plan: Plan;
  readonly tally: Tally;
  readonly positions: readonly NetPosition[];
  readonly trialBalance: TrialBalance;
  readonly cards: CardCheck;
  readonly verified: Verified;
};

const shownMax = 3;
const faultsShownMax = 10;

/** What is not as it must be, a sentence each; none: the replay is right to the last cent. */
export function faultsOf({
  plan,
  tally,
  positions,
  trialBalance,
  cards,
  verified,
}: Findings): readonly string[] {
  const { redemptions, reloads } = tally;
  const paid = redemptions.made + redemptions.replayed;
  const reloaded = reloads.made + reloads.replayed;
  const sum = sumOf(positions);
  return [
    ...tally.unmet,
    ...(paid === plan.payments ? [] : [`${paid} baskets were paid, not ${plan.payments}`]),
    ...(reloaded === plan.reloads ? [] : [`cards were reloaded ${reloaded} times, not ${plan.reloads}`]),
    ...(sum === 0n ? [] : [`the stores' net positions sum to ${money(sum)}`]),
    ...(trialBalance.balanced && trialBalance.assets.every(({ difference }) => difference === 0n)
      ? []
      : ['the trial balance is not even']),
    ...cards.off,
    ...('clean' in verified && !verified.clean ? [`verify: ${verified.said}`] : []),
  ];
}

/** The summary for a machine. Amounts are cents. */
export function reportJson(findings: Findings) {
  const { merchant, sales, plan, tally, positions, trialBalance, cards, verified } = findings;
  const faults = faultsOf(findings);
  return {
    ok: faults.length === 0,
    merchantId: merchant,
    baskets: plan.visits.length,
    empty: plan.visits.length - plan.payments,
    lines: sales.lines,
    rounded: sales.rounded,
    activations: tally.activations,
    redemptions: tally.redemptions,
    reloads: tally.reloads,
    refusals: Object.fromEntries(tally.refusals),
    seconds: roundedTo(tally.seconds, 1000),
    redemptionsPerSecond: Math.round(perSecond(tally)),
    netPositions: { stores: positions.length, sum: sumOf(positions), largest: positions.slice(0, shownMax) },
    trialBalance: trialBalance.assets,
    cards: { ...cards, off: cards.off.length },
    verify: verified,
    faults,
  };
}

/** The summary for a person. */
export function reportText(findings: Findings): string {
  const { merchant, sales, plan, tally, trialBalance, cards, verified } = findings;
  const faults = faultsOf(findings);
  const rounded = sales.rounded === 0 ? '' : `; ${sales.rounded} not in whole cents, rounded`;
  const rows: readonly (readonly [string, string])[] = [
    ['Merchant', merchant],
    [
      'Baskets',
      `${whole(plan.visits.length)}, of which ${plan.visits.length - plan.payments} of nothing (${whole(sales.lines)} lines${rounded})`,
    ],
    ['Cards sold', counted(tally.activations)],
    ['Redemptions', `${counted(tally.redemptions)}, ${money(cards.spend)}`],
    ['Reloads', counted(tally.reloads)],
    ['Refusals', refusalText(tally)],
    [
      'Speed',
      `${whole(Math.round(perSecond(tally)))} redemptions a second, with all else in between (${tally.seconds.toFixed(1)} s)`,
    ],
    ...positionRows(findings.positions),
    ...trialBalance.assets.map(
      ({ asset, debits, credits, difference }) =>
        [
          'Trial balance',
          `${asset} debits ${money(debits, asset)}, credits ${money(credits, asset)}, difference ${money(difference, asset)}`,
        ] as const,
    ),
    [
      'Balances',
      `${whole(cards.checked)} cards: loads ${money(cards.loads)} - spend ${money(cards.spend)} + refunds ${money(cards.refunds)} = ${money(cards.balance)}`,
    ],
    ['Verify', 'notRun' in verified ? `not run: ${verified.notRun}` : verified.said],
  ];
  const width = Math.max(...rows.map(([label]) => label.length)) + 2;
  const lines = rows.map(([label, text]) => `${label.padEnd(width)}${text}`);
  const verdict = faults.length === 0 ? ['Everything agrees to the last cent.'] : faultLines(faults);
  return [...lines, '', ...verdict].join('\n');
}

function positionRows(positions: readonly NetPosition[]): readonly (readonly [string, string])[] {
  const extremes = [...positions.slice(0, shownMax), ...positions.slice(shownMax).slice(-shownMax)];
  return [
    ['Net positions', `${positions.length} stores, sum ${money(sumOf(positions))}`],
    ...extremes.map(
      ({ code, net }) =>
        [
          '',
          `store ${code.padEnd(6)} ${net < 0n ? 'owes' : 'is owed'} ${money(net < 0n ? -net : net)}`,
        ] as const,
    ),
  ];
}

function refusalText({ refusals, unmet }: Tally): string {
  if (refusals.size === 0) return 'none';
  const reasons = [...refusals].map(([reason, times]) => `${whole(times)} ${reason}`).join(', ');
  return unmet.length === 0 ? `${reasons} (each reloaded, then paid)` : reasons;
}

function faultLines(faults: readonly string[]): readonly string[] {
  const more = faults.length - faultsShownMax;
  return [
    `${whole(faults.length)} things are off:`,
    ...faults.slice(0, faultsShownMax).map((fault) => `  ${fault}`),
    ...(more > 0 ? [`  and ${whole(more)} more (--json has them all)`] : []),
  ];
}

const sumOf = (positions: readonly NetPosition[]): bigint =>
  positions.reduce((sum, { net }) => sum + net, 0n);
const perSecond = ({ redemptions, seconds }: Tally): number =>
  seconds === 0 ? 0 : (redemptions.made + redemptions.replayed) / seconds;
const roundedTo = (n: number, parts: number): number => Math.round(n * parts) / parts;
const whole = (n: number): string => n.toLocaleString('en-US');
const money = (cents: bigint, asset: string = currency): string => formatAmount(cents, asset, 'en-US');
const counted = ({ made, replayed }: Count): string => `${whole(made)} now, ${whole(replayed)} before`;
