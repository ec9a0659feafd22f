import { BlockList, isIP } from 'node:net';

/** Networks that the operator lets the service call though they are not public. */
export type Networks = BlockList;

/** Of IPv4: everything that is this machine, this network, shared, a cloud's metadata, documentation, multicast or reserved. */
const closed = networksOf(
  '0.0.0.0/8,10.0.0.0/8,100.64.0.0/10,127.0.0.0/8,169.254.0.0/16,172.16.0.0/12,192.0.0.0/24,192.0.2.0/24,192.88.99.0/24,' +
    '192.168.0.0/16,198.18.0.0/15,198.51.100.0/24,203.0.113.0/24,224.0.0.0/3',
);
/** Of IPv6 only what is given out to the public (so no mapped, translated, local or metadata address), less what carries IPv4 inside. */
const global = networksOf('2000::/3');
const closedGlobal = networksOf('2001::/23,2001:db8::/32,2002::/16,3fff::/20');

/** Networks in a list by commas, each an address or `address/bits`. Throws on anything else. */
export function networksOf(text: string | undefined): Networks {
  const list = new BlockList();
  for (const part of (text ?? '').split(',').filter((one) => one !== '')) {
    const [address = '', bits] = part.split('/');
    const family = familyOf(address);
    if (family === undefined) throw new Error(`${part} is no network`);
    list.addSubnet(
      address,
      bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number.parseInt(bits, 10),
      family,
    );
  }
  return list;
}

/** Whether it lies in one of the networks. */
export function isWithin(networks: Networks, address: string): boolean {
  const family = familyOf(address);
  return family !== undefined && networks.check(address, family);
}

/** Whether it is an address of the public Internet. */
export function isPublic(address: string): boolean {
  const family = familyOf(address);
  if (family === undefined) return false;
  if (family === 'ipv4') return !closed.check(address, family);
  return global.check(address, family) && !closedGlobal.check(address, family);
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address);
  return version === 0 ? undefined : version === 4 ? 'ipv4' : 'ipv6';
}
