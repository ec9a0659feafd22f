import { expect, test } from 'vitest';
import { networkOf, placeOf } from './address.ts';

test.each([
  ['192.0.2.7', '192.0.2.7', '192.0.2.*'],
  ['::ffff:192.0.2.7', '192.0.2.7', '192.0.2.*'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', '2001:db8:1::'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64', '2001:db8:1::'],
  ['2001:db8::1', '2001:db8:0:0::/64', '2001:db8:0::'],
  ['::1', '0:0:0:0::/64', '0:0:0::'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64', 'fe80:0:0::'],
])('%s is counted under %s, and kept as %s', (address, network, place) => {
  expect(networkOf(address)).toBe(network);
  expect(placeOf(address)).toBe(place);
});
