import { apiOf, get, makeBatch, openBenchShop, post } from './cards.ts';
import { openLoad, redemptionsOf } from './load.ts';
import type { Service } from './service.ts';

export type CodeFigures = {
  readonly cards: number;
  readonly seconds: number;
  readonly memoryMaxBytes: number;
};

/** Generates one batch of cards by the service's own job, and watches its memory. */
export async function benchCodes(service: Service, cards: number): Promise<CodeFigures> {
  const { apiKey } = await service.create('Codes');
  const api = apiOf(service.url, apiKey);
  const terms = { kind: 'gift', name: { zh: '卡', en: 'Card' }, pin: true };
  const program = await post<{ id: string }>(api, '/v1/card-programs', terms);
  let memoryMaxBytes = 0;
  const look = async () => {
    memoryMaxBytes = Math.max(memoryMaxBytes, await service.memory());
  };
  const watch = setInterval(() => void look(), 500);
  const started = performance.now();
  await makeBatch(api, program.id, cards, 10_000);
  clearInterval(watch);
  return { cards, seconds: (performance.now() - started) / 1000, memoryMaxBytes };
}

export type HistoryFigures = {
  readonly activities: number;
  readonly pageMs: number;
  readonly pageMaxMs: number;
};

/** Pages through the history of one card with very many activities: the first page, and pages from deep inside. */
export async function benchHistory(service: Service, activities: number): Promise<HistoryFigures> {
  const { apiKey } = await service.create('History');
  const api = apiOf(service.url, apiKey);
  const shop = await openBenchShop(api, 1, 10_000_000);
  const load = openLoad(service.url, apiKey, redemptionsOf(shop));
  const cards = await get<{ items: { id: string; balance: number }[] }>(api, '/v1/cards');
  const card = cards.items[0];
  if (!card) throw new Error('the card is not there');
  for (let balance = card.balance; balance > card.balance - activities; ) {
    await load.run(64, 5);
    balance = (await get<{ balance: number }>(api, `/v1/cards/${card.id}`)).balance;
  }
  const times: number[] = [];
  let cursor: string | null = '';
  for (let page = 0; page < 60 && cursor !== null; page++) {
    const started = performance.now();
    const path: string = `/v1/cards/${card.id}/activities?limit=50${cursor === '' ? '' : `&cursor=${cursor}`}`;
    const answer = await get<{ nextCursor: string | null }>(api, path);
    times.push(performance.now() - started);
    // Every tenth page jumps far back, so that deep pages are measured too.
    cursor =
      answer.nextCursor === null ? null : jump(answer.nextCursor, page % 10 === 9 ? activities / 8 : 0);
  }
  times.sort((a, b) => a - b);
  return { activities, pageMs: times[times.length >> 1] ?? 0, pageMaxMs: times.at(-1) ?? 0 };
}

const jump = (cursor: string, by: number): string => String(Math.max(1, Number(cursor) - Math.floor(by)));

export type MemoryFigures = { readonly redemptions: number; readonly samplesBytes: readonly number[] };

/** The service's memory over very many redemptions, at each tenth of them. */
export async function benchMemory(service: Service, redemptions: number): Promise<MemoryFigures> {
  const { apiKey } = await service.create('Memory');
  const shop = await openBenchShop(apiOf(service.url, apiKey), 10_000, 10_000_000);
  const load = openLoad(service.url, apiKey, redemptionsOf(shop));
  const samplesBytes: number[] = [];
  let done = 0;
  while (done < redemptions) {
    const seconds = 5;
    const { perSecond, failed } = await load.run(64, seconds);
    if (failed > 0) throw new Error(`${failed} redemptions were refused`);
    done += Math.round(perSecond * seconds);
    if (done >= ((samplesBytes.length + 1) * redemptions) / 10) samplesBytes.push(await service.memory());
  }
  return { redemptions: done, samplesBytes };
}
