import { setTimeout as delay } from 'node:timers/promises';
import { apiOf, post } from './cards.ts';
import type { Service } from './service.ts';

export type ImportFigures = {
  readonly rows: number;
  readonly fileBytes: number;
  /** From the first byte sent until it was read, looked through, carried out, and taken back; seconds each. */
  readonly readSeconds: number;
  readonly checkSeconds: number;
  readonly applySeconds: number;
  readonly reverseSeconds: number;
  /** Resident memory before it, and the most while it went on. */
  readonly memoryBeforeBytes: number;
  readonly memoryMaxBytes: number;
  /** How often another number of rows was told to be done while it was looked through and carried out. */
  readonly steps: number;
};

type Import = {
  readonly id: string;
  readonly state: string;
  readonly done: number;
  readonly found: { readonly good: number };
  readonly became: { readonly created: number };
  readonly takenBack: { readonly withdrawn: number };
};

const lookEveryMs = 100;

/** A file of so many members, each with principal, bonus and points. */
function fileOf(rows: number): Buffer {
  const lines = ['手机号,姓名,余额,赠送余额,积分'];
  for (let n = 0; n < rows; n++) {
    const lead = ['138', '139', '150', '186'][n % 4] ?? '138';
    lines.push(`${lead}${String(10_000_000 + n)},会员${n},${n % 1_000}.50,${n % 100},${n % 777}`);
  }
  return Buffer.from(lines.join('\n'));
}

/** Brings members with their balances in out of a CSV, as the console does, and takes them back. */
export async function benchImports(service: Service, rows: number): Promise<ImportFigures> {
  const { apiKey } = await service.create('Imports');
  const api = apiOf(service.url, apiKey);
  const file = fileOf(rows);
  const memoryBeforeBytes = await service.memory();
  let memoryMaxBytes = 0;
  let steps = 0;

  async function until(id: string, state: string): Promise<Import> {
    for (let done = -1; ; ) {
      const one = (await (await api('GET', `/v1/imports/${id}`)).json()) as Import;
      memoryMaxBytes = Math.max(memoryMaxBytes, await service.memory());
      if (one.done < done && one.state === state) throw new Error('progress went back');
      if (one.done !== done) steps++;
      done = one.done;
      if (one.state === state) return one;
      if (one.state === 'failed') throw new Error('the file was not read');
      await delay(lookEveryMs);
    }
  }

  let started = performance.now();
  const lap = (): number => {
    const seconds = (performance.now() - started) / 1_000;
    started = performance.now();
    return seconds;
  };
  const sent = await fetch(`${service.url}/v1/imports?kind=members&fileName=members.csv`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'text/csv' },
    body: new Uint8Array(file),
  });
  if (sent.status !== 201) throw new Error(`the file was not taken: ${await sent.text()}`);
  const { id } = (await sent.json()) as Import;
  await until(id, 'read');
  const readSeconds = lap();
  await post(api, `/v1/imports/${id}/check`, {});
  const { found } = await until(id, 'checked');
  const checkSeconds = lap();
  await post(api, `/v1/imports/${id}/apply`, {});
  const { became } = await until(id, 'applied');
  const applySeconds = lap();
  await post(api, `/v1/imports/${id}/reverse`, { reason: 'bench' });
  const { takenBack } = await until(id, 'reversed');
  const reverseSeconds = lap();
  const counts = [found.good, became.created, takenBack.withdrawn];
  if (counts.some((count) => count !== rows)) throw new Error(`of ${rows} rows: ${counts.join(', ')}`);
  const laps = { readSeconds, checkSeconds, applySeconds, reverseSeconds };
  return { rows, fileBytes: file.length, ...laps, memoryBeforeBytes, memoryMaxBytes, steps };
}
