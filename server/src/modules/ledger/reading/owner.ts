import { encodeId } from '../../../kernel/id.ts';

const ownerPrefixes: Readonly<Record<string, string>> = {
  card: 'card',
  wallet: 'mem',
  points: 'mem',
  gift_stock: 'gft',
  coupon: 'cpn',
  coupon_template: 'cpt',
};

/** The card, member, gift, coupon, store or merchant that an account belongs to, as it is named outside: its purpose tells which. */
export function ownerIdOut(
  { ownerId, purpose }: { readonly ownerId: string; readonly purpose: string },
  merchantId: string,
): string {
  return encodeId(ownerId === merchantId ? 'mer' : (ownerPrefixes[purpose] ?? 'store'), ownerId);
}
