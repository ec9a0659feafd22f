import type { ItemOf } from '../../api/client.ts';
import { offText } from '../../ui/coupons/text.ts';
import { couponWords } from '../../ui/coupons/words.ts';
import { Icon } from '../../ui/icons.tsx';
import { listed } from '../../ui/listed.ts';
import { formatDay, formatLastDay } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { entriesAtOnce } from '../kit/HistoryList.tsx';
import { More } from '../kit/More.tsx';
import { usePages } from '../kit/paging.ts';
import { Titled } from '../kit/Titled.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { useMerchant } from '../merchant.ts';
import { Members } from '../signin/Members.tsx';
import { ownCouponWords } from './words.ts';

type Coupon = ItemOf<'GET /v1/wallet/{slug}/coupons'>;

/** My coupons: what each takes off, where, until when, and what became of it. */
export function CouponsPage() {
  const words = useWords(ownCouponWords);
  return (
    <>
      <Titled title={words.title} up="/club" />
      <Members>
        <MyCoupons />
      </Members>
    </>
  );
}

function MyCoupons() {
  const words = useWords(ownCouponWords);
  const { slug } = useMerchant();
  const { items, error, more, isBusy, refetch } = usePages('GET /v1/wallet/{slug}/coupons', (cursor) => ({
    params: { slug },
    query: { limit: entriesAtOnce, ...(cursor === undefined ? {} : { cursor }) },
  }));
  if (!items) return <Waiting error={error} onAgain={refetch} />;
  if (items.length === 0)
    return (
      <div className="empty">
        <Icon name="gift" size={48} />
        <p>{words.none}</p>
        <p className="soft">{words.noneWhy}</p>
      </div>
    );
  return (
    <>
      <p className="soft">{words.how}</p>
      <ul className="plain-list coupons">
        {items.map((coupon) => (
          <OneCoupon key={coupon.id} coupon={coupon} />
        ))}
      </ul>
      <More more={more} isBusy={isBusy} />
    </>
  );
}

function OneCoupon({ coupon }: { readonly coupon: Coupon }) {
  const words = useWords(ownCouponWords);
  const states = useWords(couponWords);
  const language = useLanguage();
  const { timezone } = useMerchant();
  const scopeText = useScopeText();
  const { name, currency, state, usableFrom, usableUntil, scope } = coupon;
  const locale = localeOf(language);
  const isGood = state === 'usable' || state === 'waiting';
  const when = [
    ...(state === 'waiting' && usableFrom !== null
      ? [words.from(formatDay(usableFrom, locale, timezone))]
      : []),
    usableUntil === null ? words.forever : words.until(formatLastDay(usableUntil, locale, timezone)),
  ];
  return (
    <li className={isGood ? 'panel' : 'panel quiet'}>
      <div className="between">
        <strong>{name}</strong>
        <span className={state === 'usable' ? 'mark good' : 'mark'}>{states[state]}</span>
      </div>
      <strong className="figure">{offText(coupon, currency, language)}</strong>
      <p className="soft">{when.join(' · ')}</p>
      {scope === null ? null : <p className="soft">{scopeText(scope)}</p>}
    </li>
  );
}

/** In which stores and for what goods a coupon can be used. */
function useScopeText(): (scope: NonNullable<Coupon['scope']>) => string {
  const words = useWords(ownCouponWords);
  const language = useLanguage();
  const locale = localeOf(language);
  return ({ stores, goods }) => {
    const names = goods.map(({ zh, en }) => (language === 'en' ? (en ?? zh) : zh));
    return [
      ...(stores.length === 0 ? [] : [words.at(listed(stores, locale))]),
      ...(names.length === 0 ? [] : [words.of(listed(names, locale))]),
    ].join(' · ');
  };
}
