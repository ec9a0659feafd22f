import { useWords } from '../words.ts';
import { couponWords } from './words.ts';

type Given = { readonly name: string; readonly count: number; readonly reason: string | null };

/** Coupons that come with a top-up, in words; none where there are none, or their template does not give them now. */
export function useCouponGift(): (coupons: Given | null) => readonly string[] {
  const words = useWords(couponWords);
  return (coupons) =>
    coupons === null || coupons.reason !== null ? [] : [words.gift(coupons.name, coupons.count)];
}
