/**
 * The network that an address is counted under: an IPv4 address by itself, an IPv6 one by its first 64 bits, since who has
 * one of those has them all.
 */
export function networkOf(address: string): string {
  const plain = plainOf(address);
  return plain.includes(':') ? `${groupsOf(plain, 4)}::/64` : plain;
}

/** The network without the last part, which may be kept and shown. */
export function placeOf(address: string): string {
  const plain = plainOf(address);
  return plain.includes(':') ? `${groupsOf(plain, 3)}::` : plain.replace(/\.\d+$/, '.*');
}

/** Without the name of an interface; an IPv4 address in the form of an IPv6 one is what it is. */
function plainOf(address: string): string {
  const [plain = ''] = address.toLowerCase().split('%');
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1] ?? plain;
}

/** The first groups of an IPv6 address, written out. */
function groupsOf(address: string, count: number): string {
  const [left = '', right] = address.split('::');
  const before = left === '' ? [] : left.split(':');
  const behind = right === undefined || right === '' ? [] : right.split(':');
  const gap = right === undefined ? 0 : Math.max(0, 8 - before.length - behind.length);
  return [...before, ...Array.from({ length: gap }, () => '0'), ...behind]
    .slice(0, count)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
