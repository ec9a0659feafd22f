import { decodeId } from '../server/src/kernel/id.ts';
import { fillCards, listQueries } from '../server/test/manyCards.ts';
import { connectAsOwner } from '../server/test/owner.ts';
import { apiOf, post } from './cards.ts';
import type { Service } from './service.ts';

export type ListFigures = {
  readonly cards: number;
  /** What was asked for, and how long the middle and the longest of its answers took; the slowest first. */
  readonly queries: readonly { readonly query: string; readonly middleMs: number; readonly mostMs: number }[];
};

const rounds = 9;

/** Pages through a list of very many cards by every filter and order, as the console does: a page of 50, and a count. */
export async function benchLists(service: Service, cards: number): Promise<ListFigures> {
  const { apiKey, merchantId } = await service.create('Lists');
  const api = apiOf(service.url, apiKey);
  const [store, other] = [await storeOf(api, 'L1'), await storeOf(api, 'L2')];
  const [program, rare] = [await programOf(api, '卡'), await programOf(api, '少')];
  const owner = await connectAsOwner(service.cluster.url('scrip'));
  const id = decodeId('mer', merchantId) ?? '';
  // Lists read what is kept of cards; the verifier would rightly freeze books whose balances nobody posted, so it never sees them.
  await owner.rows('begin');
  await fillCards(owner, { merchantId: id, cards });
  await owner.rows(`delete from ledger.account where merchant_id = '${id}' and purpose = 'card'`);
  await owner.rows('commit');
  await owner.close();
  const asked = { programId: program, rare, storeId: store, otherStoreId: other };
  const paths = listQueries(asked, cards).flatMap((query) => [
    `/v1/cards?${query}`,
    ...(query.includes('cursor') ? [] : [`/v1/cards/count?${query.replace(/&?sort=[^&]*/, '')}`]),
  ]);
  const figures = [];
  for (const path of paths) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const started = performance.now();
      await (await api('GET', path)).text();
      times.push(performance.now() - started);
    }
    times.sort((a, b) => a - b);
    figures.push({ query: path, middleMs: times[rounds >> 1] ?? 0, mostMs: times.at(-1) ?? 0 });
  }
  return { cards, queries: figures.toSorted((a, b) => b.middleMs - a.middleMs) };
}

type Api = ReturnType<typeof apiOf>;

async function storeOf(api: Api, code: string): Promise<string> {
  return (await post<{ id: string }>(api, '/v1/stores', { code, name: code })).id;
}

async function programOf(api: Api, name: string): Promise<string> {
  const terms = { kind: 'gift', name: { zh: name, en: name }, currency: 'CNY', pin: true };
  return (await post<{ id: string }>(api, '/v1/card-programs', terms)).id;
}
