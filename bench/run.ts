import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benchCodes, benchHistory, benchMemory } from './endurance.ts';
import { benchImports } from './imports.ts';
import { benchLists } from './lists.ts';
import { benchRedemptions, connectionCounts, type RedemptionFigures } from './redemptions.ts';
import { type Service, startService } from './service.ts';
import { benchWallets } from './wallets.ts';

const usage = `npm run bench [-- --json] [--quick] [--only redemptions|codes|history|lists|memory|wallet|imports]

  --json    one line: {"ratios": {"hot", "cold"}, ...}
  --quick   smaller and shorter: for a look, not for a claim
  --only    one part

Figures of different runs do not compare: the machine is shared. Ratios inside one run do.`;

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean' },
    quick: { type: 'boolean' },
    only: { type: 'string' },
    help: { type: 'boolean' },
  },
});

if (options.help) console.log(usage);
else await main();

async function main(): Promise<void> {
  const say = options.json ? () => undefined : (line = '') => console.log(line);
  const wanted = (part: string) => options.only === undefined || options.only === part;
  const service = await startService();
  const result: Record<string, unknown> = { machine: { cores: cpus().length, memoryBytes: totalmem() } };
  try {
    const idleBytes = await service.memory();
    result.start = { readyMs: Math.round(service.startMs), idleMemoryBytes: idleBytes };
    say(
      `${cpus().length} cores (${cpus()[0]?.model}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
    );
    say(
      `start to ready ${Math.round(service.startMs)} ms; idle memory ${mega(idleBytes)} (wanted <= 200 MB)`,
    );
    // Before the load: what codes take is asked of a service that holds nothing else.
    if (wanted('codes')) await codes(service, result, say);
    if (wanted('redemptions')) await redemptions(service, result, say);
    if (wanted('history')) await history(service, result, say);
    if (wanted('wallet')) await wallet(service, result, say);
    if (wanted('imports')) await imports(service, result, say);
    if (wanted('lists')) await lists(service, result, say);
    if (wanted('memory')) await memory(service, result, say);
  } finally {
    await service.stop();
  }
  if (options.json) console.log(JSON.stringify(result));
}

type Say = (line?: string) => void;

async function redemptions(service: Service, result: Record<string, unknown>, say: Say): Promise<void> {
  const scale = options.quick
    ? { cards: 10_000, rounds: 1, seconds: 3 }
    : { cards: 100_000, rounds: 3, seconds: 5 };
  const figures = await benchRedemptions(service, scale);
  result.ratios = figures.ratios;
  result.redemptions = {
    tools: figures.tools,
    ours: Object.fromEntries(figures.ours),
    baseline: figures.baseline,
    baselineAloneMs: figures.baselineAloneMs,
  };
  show(figures, say);
}

function show({ ours, baseline, baselineAloneMs, ratios, tools }: RedemptionFigures, say: Say): void {
  say(
    `\nRedemptions through HTTP (${tools.load}), cards with PIN, beside the double entry one by one (${tools.baseline})`,
  );
  say('  connections   per second    p50 ms    p99 ms   failed   x hot   x cold');
  for (const count of connectionCounts) {
    const one = ours.get(count);
    if (!one) continue;
    const cells = [
      String(count).padStart(13),
      one.perSecond.toFixed(0).padStart(12),
      one.p50Ms.toFixed(1).padStart(9),
      one.p99Ms.toFixed(1).padStart(9),
      String(one.failed).padStart(8),
      (one.perSecond / baseline.hot.perSecond).toFixed(2).padStart(7),
      (one.perSecond / baseline.cold.perSecond).toFixed(2).padStart(8),
    ];
    say(cells.join(' '));
  }
  say(
    `  double entry, one revenue account:  ${baseline.hot.perSecond.toFixed(0)}/s at its best (${baseline.hot.clients} clients)`,
  );
  say(
    `  double entry, no shared account:    ${baseline.cold.perSecond.toFixed(0)}/s at its best (${baseline.cold.clients} clients)`,
  );
  say(
    `  at 256 connections: ${ratios.hot.toFixed(2)} x hot (wanted >= 8), ${ratios.cold.toFixed(2)} x cold (wanted >= 1.5)`,
  );
  const alone = ours.get(1)?.p50Ms ?? Number.NaN;
  const allowed = 1.5 * baselineAloneMs + 1;
  say(
    `  alone: ${alone.toFixed(2)} ms against ${baselineAloneMs.toFixed(2)} ms (wanted <= 1.5 x + 1 ms = ${allowed.toFixed(2)} ms)`,
  );
}

async function codes(service: Service, result: Record<string, unknown>, say: Say): Promise<void> {
  const figures = await benchCodes(service, options.quick ? 100_000 : 1_000_000);
  result.codes = figures;
  say(
    `\n${figures.cards} codes in ${figures.seconds.toFixed(1)} s, at most ${mega(figures.memoryMaxBytes)} (wanted <= 60 s, <= 300 MB for 1,000,000)`,
  );
}

async function history(service: Service, result: Record<string, unknown>, say: Say): Promise<void> {
  const figures = await benchHistory(service, options.quick ? 10_000 : 100_000);
  result.history = figures;
  say(
    `\na page of a history of ${figures.activities}: ${figures.pageMs.toFixed(1)} ms, at most ${figures.pageMaxMs.toFixed(1)} ms (wanted <= 20 ms)`,
  );
}

async function wallet(service: Service, result: Record<string, unknown>, say: Say): Promise<void> {
  const scale = options.quick
    ? { members: 2_000, rounds: 1, seconds: 3 }
    : { members: 10_000, rounds: 3, seconds: 5 };
  const { redemptions, purchases, topUps } = await benchWallets(service, scale);
  result.wallet = { redemptions, purchases, topUps };
  say('\nWallets through HTTP at 256 connections, beside redemptions of gift cards');
  for (const [name, { perSecond, p99Ms, failed }] of Object.entries({ redemptions, purchases, topUps })) {
    const ratio = (perSecond / redemptions.perSecond).toFixed(2);
    say(
      `  ${name.padEnd(12)} ${perSecond.toFixed(0).padStart(6)}/s, p99 ${p99Ms.toFixed(1)} ms, ${failed} failed, ${ratio} x (wanted >= 0.5)`,
    );
  }
}

async function imports(service: Service, result: Record<string, unknown>, say: Say): Promise<void> {
  const figures = await benchImports(service, options.quick ? 10_000 : 100_000);
  result.imports = figures;
  const { rows, readSeconds, checkSeconds, applySeconds, reverseSeconds, memoryBeforeBytes } = figures;
  const whole = readSeconds + checkSeconds + applySeconds;
  say(
    `\nimport of ${rows} members with balances: ${whole.toFixed(1)} s (wanted <= 60 s for 100,000), of which read ${readSeconds.toFixed(1)}, looked through ${checkSeconds.toFixed(1)}, carried out ${applySeconds.toFixed(1)}; taken back in ${reverseSeconds.toFixed(1)} s`,
  );
  say(
    `  memory ${mega(memoryBeforeBytes)} before, at most ${mega(figures.memoryMaxBytes)}; ${figures.steps} steps of progress`,
  );
}

async function lists(service: Service, result: Record<string, unknown>, say: Say): Promise<void> {
  const figures = await benchLists(service, options.quick ? 100_000 : 1_000_000);
  result.lists = figures;
  say(`\nlist of ${figures.cards} cards, a page of 50 or a count, the slowest first (wanted <= 150 ms):`);
  for (const { query, middleMs, mostMs } of figures.queries.slice(0, 12))
    say(`${middleMs.toFixed(0).padStart(7)} ms, at most ${mostMs.toFixed(0)} ms  ${query}`);
}

async function memory(service: Service, result: Record<string, unknown>, say: Say): Promise<void> {
  const figures = await benchMemory(service, options.quick ? 50_000 : 1_000_000);
  result.memory = figures;
  say(`\nmemory over ${figures.redemptions} redemptions: ${figures.samplesBytes.map(mega).join(', ')}`);
}

function mega(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
