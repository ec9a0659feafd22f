import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isPublic, networksOf } from './networks.ts';
import { post, unfitUrl } from './post.ts';

// A server on this machine stands for all that must not be reached: whatever gets there is counted.

const reached: string[] = [];
const server = createServer((request, response) => {
  reached.push(String(request.headers.host));
  response.end('secret');
});
let port = 0;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address !== null && typeof address !== 'string') port = address.port;
});
afterAll(() => void server.close());

const nothing = networksOf(undefined);
const limits = { timeoutMs: 2_000, bodyBytesMax: 100 };
const outgoing = (url: string) => ({ url, headers: {}, body: '{}' });

const hidden = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '100.100.100.200',
  '127.0.0.1',
  '127.9.9.9',
  '169.254.169.254',
  '169.254.170.2',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  '3fff::1',
  'no address',
];
test.each(hidden)('%s is not public', (address) => {
  expect(isPublic(address)).toBe(false);
});

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '172.32.0.1',
  '100.128.0.1',
  '203.0.112.1',
  '2606:4700::1111',
  '2400:3200::1',
])('%s is public', (address) => {
  expect(isPublic(address)).toBe(true);
});

const spellings = [
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0177.0.0.1/',
  'https://0/',
  'https://[::1]/',
  'https://[::ffff:7f00:1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[fd00:ec2::254]/',
  'https://169.254.169.254/latest/meta-data/',
  'https://localhost/',
  'https://foo.localhost/',
  'https://db.internal/',
  'http://example.com/',
  'https://example.com:22/',
  'https://example.com:8080/',
  'https://user@example.com/',
  'https://user:word@example.com/',
  'https://example.com/#part',
  'ftp://example.com/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'gopher://127.0.0.1/',
  '//example.com',
  'example.com',
  '',
  'https://①②⑦.⓪.⓪.①/',
];
test.each(spellings)('"%s" is not taken for an endpoint', (url) => {
  expect(unfitUrl(url, nothing)).toEqual(expect.any(String));
});

test.each(['https://example.com/hooks', 'https://example.com:8443/h?x=1', 'https://1.1.1.1/'])(
  '%s is taken',
  (url) => {
    expect(unfitUrl(url, nothing)).toBeUndefined();
  },
);

const liars = [
  ['127.0.0.1'],
  ['1.1.1.1', '127.0.0.1'],
  ['::1'],
  ['::ffff:127.0.0.1'],
  ['169.254.169.254'],
  ['2606:4700::1', 'fd00::1'],
];
test.each(liars)('a name that stands for %s %s is not called', async (...addresses) => {
  const sent = await post(outgoing('https://rebind.example/'), nothing, limits, async () => addresses);
  expect(sent).toEqual({ failure: 'address_not_allowed' });
  expect(reached).toEqual([]);
});

test('a name that changes its mind is asked once, and the address that was checked is called', async () => {
  let asked = 0;
  const changing = async () => (asked++ === 0 ? ['127.0.0.1'] : ['127.0.0.2']);
  const sent = await post(
    outgoing(`http://rebind.example:${port}/`),
    networksOf('127.0.0.1'),
    limits,
    changing,
  );
  expect(sent).toMatchObject({ status: 200, body: 'secret' });
  expect([asked, reached]).toEqual([1, [`rebind.example:${port}`]]);
});

test('a name that nobody has, and a name server that says nothing, are failures in time', async () => {
  expect(await post(outgoing('https://nobody.example/'), nothing, limits, async () => [])).toEqual({
    failure: 'name_not_found',
  });
  const silent = () => new Promise<never>(() => undefined);
  expect(
    await post(outgoing('https://silent.example/'), nothing, { ...limits, timeoutMs: 50 }, silent),
  ).toEqual({
    failure: 'timeout',
  });
});

test('what the operator allows is called by plain HTTP at any port; its neighbours are not', async () => {
  const allowed = networksOf('127.0.0.1,10.0.0.0/8');
  expect(unfitUrl(`http://127.0.0.1:${port}/`, allowed)).toBeUndefined();
  expect(unfitUrl('http://10.9.9.9:9/', allowed)).toBeUndefined();
  expect(unfitUrl('http://127.0.0.2/', allowed)).toBe('It is not public.');
  expect(unfitUrl('http://192.168.0.1/', allowed)).toBe('It is not public.');
  expect(() => networksOf('everywhere')).toThrow();
});
