import { offText } from '../../../ui/coupons/text.ts';
import { formatMoney } from '../../../ui/money.ts';
import { localeOf, refusalText, useLanguage, useWords } from '../../../ui/words.ts';
import type { Quote } from './bill.ts';
import { payWords } from './words.ts';

type Props = {
  readonly quote: Quote;
  /** The id of the one that is to be used. */
  readonly chosen: string | undefined;
  readonly onChoose: (id: string | undefined) => void;
};

/** The member's coupons, the best first: one is used with a tap, and of those that cannot be it is said why. */
export function CouponChoice({ quote: { coupons, currency }, chosen, onChoose }: Props) {
  const words = useWords(payWords);
  const language = useLanguage();
  const money = (amount: number) => formatMoney(amount, currency, localeOf(language));
  if (coupons.length === 0) return null;
  const chosenKind = coupons.find(({ id }) => id === chosen)?.templateId;
  return (
    <fieldset className="choices" aria-label={words.coupons}>
      {apartByKind(coupons).map(({ coupon, count }) => {
        const best = coupon.byWallet.discount > 0 ? coupon.byWallet : coupon.otherwise;
        const { discount, reason, gap } = best;
        const why =
          reason === null ? '' : gap === null ? refusalText(reason, language) : words.couponGap(money(gap));
        return (
          <button
            key={coupon.id}
            type="button"
            className="choice coupon"
            aria-pressed={coupon.templateId === chosenKind}
            disabled={discount === 0}
            onClick={() => onChoose(coupon.templateId === chosenKind ? undefined : coupon.id)}
          >
            {count > 1 ? words.several(coupon.name, count) : coupon.name}
            <span className="small">
              {discount > 0
                ? words.couponOff(money(discount))
                : `${offText(coupon, currency, language)} · ${why}`}
            </span>
          </button>
        );
      })}
    </fieldset>
  );
}

type Offered = Quote['coupons'][number];

/** One for each kind, the first of it, which is the best or ends soonest, and how many more there are like it. */
function apartByKind(coupons: readonly Offered[]): readonly { coupon: Offered; count: number }[] {
  return coupons
    .filter(({ templateId }, n) => coupons.findIndex((one) => one.templateId === templateId) === n)
    .map((coupon) => {
      const alike = coupons.filter(({ templateId }) => templateId === coupon.templateId);
      return { coupon, count: alike.length };
    });
}
