import { type Api, apiOf, openBenchShop, post } from './cards.ts';
import { type LoadResult, openLoad, type Posts, redemptionsOf } from './load.ts';
import type { Scale } from './redemptions.ts';
import type { Service } from './service.ts';

export type WalletFigures = {
  readonly redemptions: LoadResult;
  /** Each out of a principal and a bonus lot, with points earned, in another store than the one that loaded. */
  readonly purchases: LoadResult;
  /** Each with a bonus. */
  readonly topUps: LoadResult;
};

export type WalletScale = Omit<Scale, 'cards'> & { readonly members: number };

const connections = 256;
const enrolledAtOnce = 64;

/** Purchases out of wallets and top-ups a second, in turns with redemptions of as many gift cards of the same merchant. */
export async function benchWallets(
  service: Service,
  { members, rounds, seconds }: WalletScale,
): Promise<WalletFigures> {
  const { apiKey } = await service.create('Wallets');
  const api = apiOf(service.url, apiKey);
  const shop = await openBenchShop(api, members, 1_000_000);
  const other = await post<{ id: string }>(api, '/v1/stores', { code: 'B2', name: 'Other' });
  await post(api, '/v1/points-schemes', {
    earn: { points: 1, amount: 10 },
    ends: { with: 'year', later: 1 },
  });
  await post(api, '/v1/bonus-rules', { name: 'Half', steps: [{ from: 100, ppm: 500_000 }] });
  await api('PATCH', '/v1/wallet-policy', { spendingOrder: 'pro_rata' });
  const ids = await enrol(api, members);
  const topUps = topUpsOf(ids, shop.storeId, 100);
  await inParallel(topUpsOf(ids, shop.storeId, 1_000_000).bodies, async (body, n) => {
    await post(api, topUps.path, JSON.parse(body.replace('@', `first-${n}`)));
  });
  const loads = {
    redemptions: openLoad(service.url, apiKey, redemptionsOf(shop)),
    purchases: openLoad(service.url, apiKey, purchasesOf(ids, other.id)),
    topUps: openLoad(service.url, apiKey, topUps),
  };
  const results = { redemptions: [], purchases: [], topUps: [] } as Record<keyof WalletFigures, LoadResult[]>;
  const names = ['redemptions', 'purchases', 'topUps'] as const;
  for (const name of names) await loads[name].run(64, 1);
  for (let round = 0; round < rounds; round++)
    for (const name of names) results[name].push(await loads[name].run(connections, seconds));
  return {
    redemptions: middle(results.redemptions),
    purchases: middle(results.purchases),
    topUps: middle(results.topUps),
  };
}

async function enrol(api: Api, members: number): Promise<readonly string[]> {
  const ids: string[] = [];
  await inParallel(Array.from({ length: members }), async (_none, n) => {
    const phone = `139${String(n).padStart(8, '0')}`;
    const { id } = await post<{ id: string }>(api, '/v1/members', { phone, consent: { textVersion: 1 } });
    ids.push(id);
  });
  return ids;
}

function purchasesOf(memberIds: readonly string[], storeId: string): Posts {
  const lines = [{ name: 'Goods', price: 100 }];
  const tenders = [{ kind: 'wallet', amount: 100 }];
  const bodies = memberIds.map((memberId) =>
    JSON.stringify({ storeId, memberId, lines, tenders, reference: '@' }),
  );
  return { path: '/v1/purchases', bodies };
}

function topUpsOf(memberIds: readonly string[], storeId: string, amount: number): Posts {
  const payment = { tender: 'cash', amount, reference: '@' };
  const bodies = memberIds.map((memberId) => JSON.stringify({ memberId, storeId, amount, payment }));
  return { path: '/v1/wallet-top-ups', bodies };
}

async function inParallel<Item>(
  items: readonly Item[],
  work: (item: Item, n: number) => Promise<void>,
): Promise<void> {
  const rest = items.entries();
  await Promise.all(
    Array.from({ length: enrolledAtOnce }, async () => {
      for (const [n, item] of rest) await work(item, n);
    }),
  );
}

function middle(results: readonly LoadResult[]): LoadResult {
  const sorted = results.toSorted((a, b) => a.perSecond - b.perSecond);
  const found = sorted[sorted.length >> 1];
  if (!found) throw new Error('nothing was measured');
  return found;
}
