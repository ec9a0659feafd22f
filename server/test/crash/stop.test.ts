import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../../src/kernel/random.ts';
import { anyoneWorksIn, until } from '../../src/platform/postgres/processes.ts';
import { openShopAt } from './client.ts';
import { clear, launch, newPlace, type Place, postmasterOf, serve, start } from './service.ts';
import { openTills, type Sent } from './tills.ts';

let place: Place;
beforeAll(async () => {
  place = await newPlace();
});
afterAll(() => clear(place));

const isDatabaseThere = () => anyoneWorksIn(join(place.dataDir, 'postgres'));

test('told to stop under load, it answers what it has accepted, refuses what is new, and leaves no process', async () => {
  const service = await serve(place);
  const shop = await openShopAt(place);
  const tills = await openTills(shop, seededRandom(1));
  const unanswered: Sent[] = [];
  let toldAt = 0;
  async function work(): Promise<void> {
    for (let sent = await tills.next(); sent.state !== 'unknown'; sent = await tills.next()) {
      if (toldAt > 0 || tills.journal.length < 400) continue;
      toldAt = performance.now();
      service.kill('SIGTERM');
    }
    unanswered.push(...tills.journal.filter(({ state }) => state === 'unknown'));
  }
  await Promise.all(Array.from({ length: 16 }, work));
  expect(await service.ended).toMatchObject({ code: 0, signal: null });
  // Connections that stay open between requests must not be waited for.
  expect(performance.now() - toldAt).toBeLessThan(4_000);
  expect(isDatabaseThere()).toBe(false);
  expect(tills.faults).toEqual([]);

  const next = await serve(place);
  for (const sent of new Set(unanswered)) {
    expect(await tills.again(sent), 'a command without an answer was not carried out').toBe(false);
  }
  for (const [cardId, expected] of tills.expected()) {
    expect((await shop.merchant.get(`/v1/cards/${cardId}`)).body).toMatchObject(expected);
  }
  next.kill('SIGINT');
  expect(await next.ended).toMatchObject({ code: 0 });
});

test('where its port is taken it says so and ends, and leaves the service that has it alone', async () => {
  const service = await serve(place);
  const second = launch(place, ['serve']);
  const { code, said } = await second.ended;
  expect([code, said]).toEqual([1, expect.stringContaining(String(place.port))]);
  expect(isDatabaseThere()).toBe(true);
  service.kill('SIGTERM');
  expect(await service.ended).toMatchObject({ code: 0 });
});

test('told to stop while another process uses the database, it leaves that running', async () => {
  const service = await serve(place);
  const jobs = await start(place, 'work', 'works on its jobs');
  service.kill('SIGTERM');
  expect(await service.ended).toMatchObject({ code: 0 });
  expect(postmasterOf(place)).toBeDefined();
  jobs.kill('SIGTERM');
  expect(await jobs.ended).toMatchObject({ code: 0 });
  expect(isDatabaseThere()).toBe(false);
});

test('told to stop while it starts, it stops as soon as it has', async () => {
  const service = launch(place, ['serve']);
  await until(20_000, () => postmasterOf(place));
  service.kill('SIGTERM');
  expect(await service.ended).toMatchObject({ code: 0 });
  expect(isDatabaseThere()).toBe(false);
});

test('told to stop while its database is dead, it ends all the same', async () => {
  const service = await serve(place);
  process.kill(postmasterOf(place) ?? 0, 'SIGKILL');
  service.kill('SIGTERM');
  expect(await service.ended).toMatchObject({ code: 0 });
  expect(isDatabaseThere()).toBe(false);
});

test('told to stop while half a request has arrived, it does not wait for the rest for ever', async () => {
  const service = await serve(place);
  const socket = connect(place.port, '127.0.0.1');
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) =>
    socket.write('POST /v1/stores HTTP/1.1\r\nHost: scrip\r\nContent-Length: 9\r\n\r\n{', () => resolve()),
  );
  await fetch(`${place.url}/healthz`, { headers: { connection: 'close' } });
  service.kill('SIGTERM');
  expect(await service.ended).toMatchObject({ code: 0 });
  socket.destroy();
});
