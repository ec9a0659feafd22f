import type { ItemOf } from '../../api/client.ts';
import { discountText } from '../members/discount.ts';
import type { Language } from '../messages.ts';
import { formatMoney } from '../money.ts';
import { localeOf } from '../words.ts';
import { couponWords } from './words.ts';

type Template = Pick<ItemOf<'GET /v1/coupon-templates'>, 'off' | 'minimum'>;

/** What a coupon takes off, as people say it: 满 ¥100 减 ¥20, or 8 折 · 最多减 ¥50. */
export function offText({ off, minimum }: Template, currency: string, language: Language): string {
  const words = couponWords[language];
  const money = (amount: number) => formatMoney(amount, currency, localeOf(language));
  if (off.type === 'amount') {
    return minimum > 0 ? words.offFrom(money(off.amount), money(minimum)) : words.off(money(off.amount));
  }
  return [
    discountText(off.ppm, language) ?? words.all,
    ...(minimum > 0 ? [words.from(money(minimum))] : []),
    ...(off.most === null ? [] : [words.most(money(off.most))]),
  ].join(' · ');
}
