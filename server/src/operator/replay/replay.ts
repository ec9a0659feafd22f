import { join } from 'node:path';
import { z } from 'zod';
import type { Settings } from '../../platform/config/settings.ts';
import { type Progress, progressBar, say, sayJson } from '../terminal.ts';
import { Usage } from '../usage.ts';
import { openApi } from './api.ts';
import { readSales, type Sales } from './baskets.ts';
import { checkCards, readNetPositions, readTrialBalance } from './books.ts';
import type { Job } from './job.ts';
import { checkWallets, readLiability, settle } from './memberBooks.ts';
import { memberPlanOf } from './memberPlan.ts';
import { payAsMembers } from './members.ts';
import { ownKey, verifyBooks } from './merchant.ts';
import { payAll } from './pay.ts';
import { planOf } from './plan.ts';
import { type Findings, faultsOf, reportJson, reportText, type Verified } from './report.ts';
import { issueCards, makeStores } from './setUp.ts';
import { openState, type State, shortDigest } from './state.ts';

export type ReplayOptions = {
  /** Where the service is. */
  readonly url?: string | undefined;
  /** The merchant's API key; left out, the replay has a merchant of its own. */
  readonly key?: string | undefined;
  /** The folder that remembers what cannot be asked for again. */
  readonly state?: string | undefined;
  readonly limit?: string | undefined;
  readonly concurrency?: string | undefined;
  readonly json?: boolean | undefined;
};

/** What `--help` says besides the options. */
export const replayMore = `DIR has sales.csv.gz: household_id, store_id, basket_id, sales_value, transaction_timestamp. Every store is made, and a
registered card for each household, sold for 50.00 where it first shops. Every basket is paid in time order at its
store; a card that runs short is reloaded by what is missing, rounded up to 20.00. Then each household becomes a member
with a year card, and its baskets are paid once more, out of a wallet: 5 % off, topped up by steps of 50.00 with a tenth
on top from 100.00, points on each. A settlement period is drawn up and closed. In the end all is compared: every card
and wallet, points, the stores' net positions and statements, how liability came about, the trial balance; the exit
code is 1 if a cent is off.

All that is sent follows from the data, with idempotency keys, so a run that was cut short is taken up where it was, and
another run over the same data changes nothing. The state folder makes that possible, since the service hands codes
out only once: it holds the codes of the cards and the key of the merchant, readable by their owner alone. Without
it another run has to be for a new merchant. A run killed at its very start may leave an empty merchant, or voided cards, behind.`;

const concurrencyDefault = 16;

/** Replays a folder of sales. Answers the exit code: 1 where anything is off. */
export async function replay(
  settings: Settings,
  folder: string | undefined,
  options: ReplayOptions,
): Promise<number> {
  if (folder === undefined) throw new Usage('name the folder with sales.csv.gz: scrip replay DIR');
  const limit = countIn('limit', options.limit);
  const concurrency = countIn('concurrency', options.concurrency) ?? concurrencyDefault;
  const url = options.url ?? `http://localhost:${settings.port}`;
  await mustAnswer(url);
  const sales = await readSales(folder);
  const state = await openState(options.state ?? join(settings.dataDir, 'replay'));
  try {
    const given = options.key ?? process.env.SCRIP_KEY;
    const key = given ?? (await ownKey(settings, state, sales.digest));
    const job: Job = {
      api: openApi(url, key),
      prefix: `replay-${shortDigest(sales.digest)}`,
      concurrency,
      state,
      bar: (label, total): Progress => progressBar(label, total),
    };
    const merchant = await job.api.get('/v1/merchant', Merchant).catch((cause: unknown) => {
      const where =
        given === undefined ? `that ${state.folder} keeps (another --state begins anew)` : 'given';
      throw new Error(`${url} does not know the key ${where}`, { cause });
    });
    const findings = await run(job, sales, limit, merchant.id, () => verifyBooks(settings, merchant.id));
    if (options.json === true) sayJson(reportJson(findings));
    else say(reportText(findings));
    return faultsOf(findings).length === 0 ? 0 : 1;
  } finally {
    await state.close();
  }
}

const Merchant = z.looseObject({ id: z.string() });

async function run(
  job: Job,
  sales: Sales,
  limit: number | undefined,
  merchant: string,
  verify: () => Promise<Verified>,
): Promise<Findings> {
  const plan = planOf(sales.baskets, limit);
  goOn(job.state, sales.digest, merchant, plan.visits.length);
  const storeIds = await makeStores(job, plan.storeIds);
  const issue = await issueCards(job, plan.households.length);
  const tally = await payAll(job, plan, storeIds, issue.cards);
  const memberPlan = memberPlanOf(plan.visits);
  const members = await payAsMembers(job, memberPlan, plan.households, storeIds);
  return {
    merchant,
    sales,
    plan,
    tally,
    memberPlan,
    members,
    wallets: await checkWallets(job, memberPlan, members),
    statements: await settle(job, plan.visits.length),
    liability: await readLiability(job.api),
    positions: await readNetPositions(job),
    trialBalance: await readTrialBalance(job.api),
    cards: await checkCards(job, plan, issue),
    // What has been found out so far is worth showing also where the verifier cannot run.
    verified: await verify().catch(
      (error: unknown): Verified => ({ clean: false, said: `could not run: ${String(error)}` }),
    ),
  };
}

/** A replay goes on but never back: what fewer baskets say of a card is not what it shows after more. */
function goOn(state: State, digest: string, merchant: string, baskets: number): void {
  const reached = state.reached(digest, merchant);
  if (baskets < reached) {
    throw new Usage(
      `a run before this one set out to pay ${reached} baskets; leave --limit out, or give at least that`,
    );
  }
  state.keepReached(digest, merchant, baskets);
}

/** Before anything is made: there is no use in a merchant of a service that is not there. */
async function mustAnswer(url: string): Promise<void> {
  const answers = await fetch(new URL('/readyz', url)).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!answers)
    throw new Error(`no service is ready on ${url}: start it (npm start), or say where it is (--url)`);
}

function countIn(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Usage(`--${name} must be a whole number from 1`);
  return Number(text);
}
