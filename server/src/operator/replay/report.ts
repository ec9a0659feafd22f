import { formatAmount } from '../../kernel/money.ts';
import type { Sales } from './baskets.ts';
import type { CardCheck, NetPosition, TrialBalance } from './books.ts';
import { currency } from './job.ts';
import { closingOf, type Liability, type Statements, type WalletCheck } from './memberBooks.ts';
import type { MemberPlan } from './memberPlan.ts';
import type { MemberTally } from './members.ts';
import type { Tally } from './pay.ts';
import type { Plan } from './plan.ts';
import type { Count } from './tally.ts';

/** What the verifier said of all books, or why it was not asked. */
export type Verified = { readonly clean: boolean; readonly said: string } | { readonly notRun: string };

export type Findings = {
  readonly merchant: string;
  readonly sales: Sales;
  readonly plan: Plan;
  readonly tally: Tally;
  readonly memberPlan: MemberPlan;
  readonly members: MemberTally;
  readonly wallets: WalletCheck;
  readonly statements: Statements;
  readonly liability: Liability;
  readonly positions: readonly NetPosition[];
  readonly trialBalance: TrialBalance;
  readonly cards: CardCheck;
  readonly verified: Verified;
};

const shownMax = 3;
const faultsShownMax = 10;

/** What is not as it must be, a sentence each; none: the replay is right to the last cent. */
export function faultsOf(findings: Findings): readonly string[] {
  const { plan, tally, positions, trialBalance, cards, verified } = findings;
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
    ...memberFaults(findings),
    ...('clean' in verified && !verified.clean ? [`verify: ${verified.said}`] : []),
  ];
}

function memberFaults({ memberPlan, members, wallets, statements, liability }: Findings): readonly string[] {
  const { purchases, topUps, cards } = members;
  const bought = purchases.made + purchases.replayed;
  const joined = cards.made + cards.replayed;
  const loaded = topUps.made + topUps.replayed;
  const loads = memberPlan.topUps + memberPlan.expected.size;
  return [
    ...members.unmet,
    ...(joined === memberPlan.expected.size
      ? []
      : [`${joined} became members, not ${memberPlan.expected.size}`]),
    ...(bought === memberPlan.purchases ? [] : [`${bought} purchases, not ${memberPlan.purchases}`]),
    ...(loaded === loads ? [] : [`wallets were topped up ${loaded} times, not ${loads}`]),
    ...wallets.off,
    ...(statements.net === 0n && statements.closing === 0n
      ? []
      : [`the statements sum to ${money(statements.net)}, and to ${money(statements.closing)} in the end`]),
    ...(closingOf(liability) === liability.closing && liability.closing === liability.held
      ? []
      : [
          `liability closes at ${money(liability.closing)}, its parts make ${money(closingOf(liability))}, customers hold ${money(liability.held)}`,
        ]),
  ];
}

/** The summary for a machine. Amounts are cents. */
export function reportJson(findings: Findings) {
  const { merchant, sales, plan, tally, positions, trialBalance, cards, verified } = findings;
  const { members, wallets, statements, liability } = findings;
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
    members: {
      ...{ cards: members.cards, topUps: members.topUps, purchases: members.purchases },
      ...{ elsewhere: members.elsewhere, refusals: Object.fromEntries(members.refusals) },
    },
    wallets: { ...wallets, off: wallets.off.length },
    statements,
    liability,
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
    ...memberRows(findings),
    ['Verify', 'notRun' in verified ? `not run: ${verified.notRun}` : verified.said],
  ];
  const width = Math.max(...rows.map(([label]) => label.length)) + 2;
  const lines = rows.map(([label, text]) => `${label.padEnd(width)}${text}`);
  const verdict = faults.length === 0 ? ['Everything agrees to the last cent.'] : faultLines(faults);
  return [...lines, '', ...verdict].join('\n');
}

function memberRows({
  members,
  wallets,
  statements,
  liability,
}: Findings): readonly (readonly [string, string])[] {
  const { opening, loaded, bonus, spent, refunded, expired, closing } = liability;
  return [
    ['Year cards', counted(members.cards)],
    ['Top-ups', counted(members.topUps)],
    [
      'Purchases',
      `${counted(members.purchases)}, of which ${whole(members.elsewhere)} in another store than loaded the wallet`,
    ],
    [
      'Wallets',
      `${whole(wallets.checked)} members: loads ${money(wallets.loads)} + bonus ${money(wallets.bonus)} - spend ${money(wallets.spend)} = ${money(wallets.balance)}`,
    ],
    ['Points', `${wallets.points.toLocaleString('en-US')}, as every purchase said`],
    [
      'Statements',
      `period ${statements.period}, closed: ${statements.stores} stores, net ${money(statements.net)}, the largest is owed ${money(statements.largest)}`,
    ],
    [
      'Liability',
      `opening ${money(opening)} + loads ${money(loaded)} + bonus ${money(bonus)} - spend ${money(spent)} - refunds ${money(refunded)} - expired ${money(expired)} = closing ${money(closing)}`,
    ],
  ];
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
// Points are an asset of the ledger too, and no currency.
const money = (units: bigint, asset: string = currency): string =>
  asset === currency ? formatAmount(units, asset, 'en-US') : units.toLocaleString('en-US');
const counted = ({ made, replayed }: Count): string => `${whole(made)} now, ${whole(replayed)} before`;
