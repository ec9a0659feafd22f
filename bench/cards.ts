import { randomUUID } from 'node:crypto';

export type BenchCard = { readonly serial: string; readonly code: string; readonly pin: string };

export type BenchShop = { readonly storeId: string; readonly cards: readonly BenchCard[] };

export type Api = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown) => Promise<Response>;

export function apiOf(url: string, apiKey: string): Api {
  return async (method, path, body) => {
    const headers = {
      authorization: `Bearer ${apiKey}`,
      'idempotency-key': randomUUID(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const response = await fetch(url + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
}

const rangeMax = 10_000;

/** Sells cards with PIN, through the API alone. */
export async function openBenchShop(api: Api, quantity: number, faceValue: number): Promise<BenchShop> {
  const store = await post<{ id: string }>(api, '/v1/stores', { code: 'B1', name: 'Bench' });
  const terms = {
    kind: 'gift',
    name: { zh: '礼品卡', en: 'Gift card' },
    currency: 'CNY',
    pin: true,
    bearer: true,
  };
  const program = await post<{ id: string }>(api, '/v1/card-programs', {
    ...terms,
    denominations: [faceValue],
  });
  const batchId = await makeBatch(api, program.id, quantity, faceValue);
  const csv = await (await api('POST', `/v1/card-batches/${batchId}/release`, {})).text();
  const cards = csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [serial = '', code = '', pin = ''] = line.split(',');
      return { serial, code, pin };
    });
  for (let from = 0; from < cards.length; from += rangeMax) {
    const part = cards.slice(from, from + rangeMax);
    await post(api, '/v1/cards/activate', {
      range: { from: part[0]?.serial, to: part.at(-1)?.serial },
      storeId: store.id,
      payment: { tender: 'cash', amount: faceValue * part.length, reference: `sale-${from}` },
    });
  }
  return { storeId: store.id, cards };
}

export async function makeBatch(
  api: Api,
  programId: string,
  quantity: number,
  faceValue: number,
): Promise<string> {
  const batch = await post<{ id: string }>(api, '/v1/card-batches', { programId, quantity, faceValue });
  for (;;) {
    const now = await get<{ status: string }>(api, `/v1/card-batches/${batch.id}`);
    if (now.status === 'ready') return batch.id;
    if (now.status === 'failed') throw new Error('the batch failed');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** What an address answers to a GET, as the caller knows it to be. */
export async function get<Body>(api: Api, path: string): Promise<Body> {
  return (await (await api('GET', path)).json()) as Body;
}

/** What an address answers to a POST, as the caller knows it to be. */
export async function post<Body>(api: Api, path: string, body: unknown): Promise<Body> {
  return (await (await api('POST', path, body)).json()) as Body;
}
