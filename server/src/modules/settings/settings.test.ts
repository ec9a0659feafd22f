import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hire } from '../../../test/desk.ts';
import { openBench, type TestBench } from '../../../test/harness.ts';
import { openTill, rowsOf, type Till } from '../../../test/till.ts';

let bench: TestBench;
let till: Till;
beforeAll(async () => {
  bench = await openBench();
  till = await openTill(bench);
});
afterAll(async () => {
  expect(bench.errors).toEqual([]);
  await bench.close();
});

type Image = { readonly id: string; readonly path: string; readonly width: number; readonly height: number };
const pixels = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c00' } });
const upload = (bytes: Buffer, purpose = 'logo') =>
  till.merchant.post<Image>('/v1/images', { purpose, data: bytes.toString('base64') });

test('a picture is encoded anew: nothing of what was sent is kept but its pixels, made to fit', async () => {
  const secret = 'taken at 31.2304N 121.4737E';
  const sent = await pixels(1_200, 600)
    .withExif({ IFD0: { ImageDescription: secret } })
    .jpeg()
    .toBuffer();
  expect(sent.toString('latin1')).toContain(secret);
  const reply = await upload(Buffer.concat([sent, Buffer.from('<script>alert(1)</script>')]));
  expect(reply.status, reply.text).toBe(201);
  expect(reply.body).toMatchObject({ width: 512, height: 256 });
  const kept = await bench.app.inject({
    url: reply.body.path,
    headers: { authorization: `Bearer ${till.merchant.apiKey}` },
  });
  expect(kept.headers).toMatchObject({
    'content-type': 'image/webp',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
  });
  const bytes = kept.rawPayload.toString('latin1');
  expect(bytes).not.toContain(secret);
  expect(bytes).not.toContain('script');
  expect(await sharp(kept.rawPayload).metadata()).toMatchObject({ format: 'webp', width: 512, height: 256 });
});

test('what is no picture, is a program, or claims to be gigabytes is refused and leaves nothing', async () => {
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>',
  );
  const bomb = await pixels(6_000, 5_000).png().toBuffer();
  const torn = (await pixels(300, 300).png().toBuffer()).subarray(0, 200);
  const tiff = await pixels(9, 9).tiff().toBuffer();
  for (const bytes of [svg, bomb, torn, tiff, Buffer.from('GIF89a'), Buffer.from('%PDF-1.7')])
    await till.refuses('image_not_good', () => upload(bytes), { field: 'data' });
  await till.refuses(
    'invalid_request',
    () => till.merchant.post('/v1/images', { purpose: 'logo', data: 'no base 64!' }),
    {
      field: 'data',
    },
  );
  expect(await rowsOf(bench, 'select count(*)::int as n from settings.image where width <> 512')).toEqual([
    { n: 0 },
  ]);
});

test('a logo is given and taken away, and the log tells what it was; contact and terms are not kept here too', async () => {
  const logo = (await upload(await pixels(64, 64).png().toBuffer())).body.id;
  const face = (await upload(await pixels(64, 64).webp().toBuffer(), 'card_face')).body.id;
  const set = await till.merchant.patch('/v1/settings', { logoImageId: logo });
  expect(set.body).toEqual({ logoImageId: logo });
  expect((await till.merchant.patch('/v1/settings', {})).body).toEqual({ logoImageId: logo });
  expect((await till.merchant.get('/v1/settings')).body).toEqual({ logoImageId: logo, faces: [] });
  expect((await till.merchant.patch('/v1/settings', { logoImageId: null })).body).toEqual({
    logoImageId: null,
  });
  const { body } = await till.merchant.get<{ items: unknown[] }>('/v1/activities?type=settings.changed');
  expect(body.items[0]).toMatchObject({
    details: { before: { logoImageId: logo }, after: { logoImageId: null } },
  });
  await till.refuses('image_not_found', () => till.merchant.patch('/v1/settings', { logoImageId: face }), {
    field: 'logoImageId',
  });
  await till.refuses('invalid_request', () => till.merchant.patch('/v1/settings', { phone: '12345' }));
  const limited = await till.key({ role: 'owner', storeIds: [till.storeId] });
  await till.refuses('store_out_of_scope', () => limited.patch('/v1/settings', { logoImageId: null }));
  await till.refuses('store_out_of_scope', () => limited.patch('/v1/merchant', { contact: { phone: '1' } }));
});

test('a view is one’s own or for all; another’s is like none', async () => {
  const { browser } = await hire(bench, till.merchant, { role: 'clerk' });
  const view = { page: 'cards', name: '即将到期', query: 'state=active&sort=validUntil' };
  const mine = await browser.post<{ id: string }>('/v1/views', view);
  expect(mine.status, mine.text).toBe(201);
  const shared = await till.merchant.post<{ id: string }>('/v1/views', {
    ...view,
    name: 'All',
    shared: true,
  });
  const names = async (client: { get: Till['merchant']['get'] }, query = '') =>
    (await client.get<{ items: { name: string }[] }>(`/v1/views${query}`)).body.items.map(({ name }) => name);
  expect(await names(browser, '?page=cards')).toEqual(['All', '即将到期']);
  expect(await names(browser, '?page=audit')).toEqual([]);
  expect(await names(till.merchant)).toEqual(['All']);
  await till.refuses('view_not_found', () => till.merchant.patch(`/v1/views/${mine.body.id}`, { name: 'x' }));
  await till.refuses('view_not_found', () => till.merchant.post(`/v1/views/${mine.body.id}/remove`));
  expect((await browser.patch(`/v1/views/${shared.body.id}`, { name: 'x' })).body.code).toBe(
    'permission_denied',
  );
  expect((await browser.post('/v1/views', { ...view, shared: true })).body.code).toBe('permission_denied');
  expect(
    (await browser.patch<{ name: string }>(`/v1/views/${mine.body.id}`, { name: '快到期' })).body.name,
  ).toBe('快到期');
  expect((await browser.post(`/v1/views/${mine.body.id}/remove`)).status).toBe(200);
  expect(await names(browser)).toEqual(['All']);
  await till.refuses('invalid_request', () => till.merchant.post('/v1/views', { ...view, query: 'a b' }), {
    field: 'query',
  });
});

test('there are at most two hundred views of one owner', async () => {
  const other = await openTill(bench);
  for (let n = 0; n < 200; n++)
    await other.merchant.post('/v1/views', { page: 'cards', name: `v${n}`, query: '' });
  await other.refuses('too_many_views', () =>
    other.merchant.post('/v1/views', { page: 'cards', name: 'v', query: '' }),
  );
});

test('customers see the logo and the card faces of now, and no other picture of the merchant', async () => {
  const { slug } = (await till.merchant.get<{ slug: string }>('/v1/merchant')).body;
  const { items } = (await till.merchant.get<{ items: { id: string }[] }>('/v1/card-programs')).body;
  const programId = items[0]?.id;
  const face = (imageId: string | null) =>
    till.merchant.post<{ imageId: string | null }>(`/v1/card-programs/${programId}/face`, { imageId });
  const [logo, first, second] = await Promise.all([
    upload(await pixels(60, 60).png().toBuffer()),
    upload(await pixels(320, 200).png().toBuffer(), 'card_face'),
    upload(await pixels(320, 201).png().toBuffer(), 'card_face'),
  ]);
  await till.merchant.patch('/v1/settings', { logoImageId: logo.body.id });
  await till.refuses('image_not_found', () => face(logo.body.id), { field: 'imageId' });
  await till.refuses('program_not_found', () =>
    till.merchant.post(`/v1/card-programs/prog_${'0'.repeat(26)}/face`, { imageId: null }),
  );
  expect((await face(first.body.id)).body).toEqual({ programId, imageId: first.body.id });
  const anybody = (path: string) => bench.app.inject({ url: `/v1/wallet/${slug}${path}` });
  const at = (id: string) => `/images/${id}`;
  expect((await anybody('/look')).json()).toEqual({
    logo: `/v1/wallet/${slug}/images/${logo.body.id}`,
    faces: [{ programId, path: `/v1/wallet/${slug}/images/${first.body.id}` }],
  });
  const shown = await anybody(at(first.body.id));
  expect(shown.headers['content-type']).toBe('image/webp');
  expect(await sharp(shown.rawPayload).metadata()).toMatchObject({ width: 320, height: 200 });
  expect((await anybody(at(second.body.id))).statusCode).toBe(404);
  // Two at once: one of them is what stands, whole.
  await Promise.all([face(second.body.id), face(null)]);
  const { faces } = (await till.merchant.get<{ faces: unknown[] }>('/v1/settings')).body;
  expect([[], [{ programId, imageId: second.body.id }]]).toContainEqual(faces);
  await face(null);
  expect((await anybody(at(first.body.id))).statusCode).toBe(404);
  const other = await openTill(bench);
  expect(
    (await other.merchant.post(`/v1/card-programs/${programId}/face`, { imageId: null })).body.code,
  ).toBe('program_not_found');
});
