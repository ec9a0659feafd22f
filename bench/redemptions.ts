import { type Baseline, type Kind, openBaseline } from './baseline.ts';
import { apiOf, openBenchShop } from './cards.ts';
import { type LoadResult, openLoad, redemptionsOf } from './load.ts';
import type { Service } from './service.ts';

export const connectionCounts = [1, 16, 64, 256] as const;
const baselineClients = [1, 4, 16, 64] as const;

export type RedemptionFigures = {
  readonly tools: { readonly load: string; readonly baseline: string };
  readonly ours: ReadonlyMap<number, LoadResult>;
  readonly baseline: Readonly<Record<Kind, { readonly clients: number; readonly perSecond: number }>>;
  readonly baselineAloneMs: number;
  readonly ratios: Readonly<Record<Kind, number>>;
};

export type Scale = { readonly cards: number; readonly rounds: number; readonly seconds: number };

/** Redemptions a second through HTTP beside the double entry one by one, in turns on the same server. */
export async function benchRedemptions(service: Service, scale: Scale): Promise<RedemptionFigures> {
  const { apiKey } = await service.create('Bench');
  const shop = await openBenchShop(apiOf(service.url, apiKey), scale.cards, 1_000_000);
  const load = openLoad(service.url, apiKey, redemptionsOf(shop));
  const baseline = await openBaseline(service.cluster, scale.cards);
  await load.run(64, 2);
  const ours = new Map<number, LoadResult[]>(connectionCounts.map((count) => [count, []]));
  const theirs = new Map<string, number[]>();
  const alone: number[] = [];
  for (let round = 0; round < scale.rounds; round++) {
    for (const kind of ['hot', 'cold'] as const) {
      for (const clients of baselineClients) {
        const { perSecond, averageMs } = await baseline.run(kind, clients, scale.seconds);
        const name = `${kind} ${clients}`;
        theirs.set(name, [...(theirs.get(name) ?? []), perSecond]);
        if (name === 'hot 1') alone.push(averageMs);
      }
    }
    for (const count of connectionCounts) ours.get(count)?.push(await load.run(count, scale.seconds));
  }
  await baseline.close();
  const best = { hot: bestOf(theirs, 'hot'), cold: bestOf(theirs, 'cold') };
  const middle = new Map(
    [...ours].map(([count, results]) => [count, medianBy(results, ({ perSecond }) => perSecond)]),
  );
  const full = middle.get(256)?.perSecond ?? 0;
  return {
    tools: { load: load.tool, baseline: baselineTool(baseline) },
    ours: middle,
    baseline: best,
    baselineAloneMs: medianBy(alone, (ms) => ms),
    ratios: { hot: full / best.hot.perSecond, cold: full / best.cold.perSecond },
  };
}

const baselineTool = ({ tool }: Baseline): string => tool;

function bestOf(theirs: ReadonlyMap<string, number[]>, kind: Kind) {
  const all = baselineClients.map((clients) => ({
    clients,
    perSecond: medianBy(theirs.get(`${kind} ${clients}`) ?? [], (n) => n),
  }));
  return all.reduce((best, one) => (one.perSecond > best.perSecond ? one : best));
}

function medianBy<T>(values: readonly T[], of: (value: T) => number): T {
  const middle = values.toSorted((a, b) => of(a) - of(b))[Math.floor(values.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}
