import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount, least } from '../../../kernel/money.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { civilDay } from '../../../kernel/time.ts';
import { useCase } from '../../../platform/executor/useCase.ts';
import { maySpeakFor, type PaymentCode } from '../../cards/index.ts';
import type { Usable } from '../../coupons/index.ts';
import { mostNow } from '../../families/index.ts';
import { mostPoints, type PointsRows, pointsRows } from '../../points/index.ts';
import { type Settling, settlingRows } from '../../settlement/index.ts';
import { isHidden, moneyAnswer, moneyIn, mostOf } from '../../wallets/index.ts';
import { type BasketLine, basketOf, linesAnswer, totalOf } from './basket.ts';
import { couponOffers, heldCoupons, usableIn } from './coupon.ts';
import { beforeCoupon, discounted, type Price, plainPrice, priceWith } from './discount.ts';
import { mayBuy, type PricingRows, type PurchaseInput, pricingRows } from './rows.ts';

type QuoteInput = Pick<PurchaseInput, 'storeId' | 'memberId' | 'payerId' | 'lines' | 'couponId'> & {
  /** What the member's phone shows. */
  readonly shown: PaymentCode | undefined;
};

/** What a basket comes to, both where all of it is paid out of the wallet and where it is not. */
export const quotePurchase = useCase({
  name: 'purchase.quote',
  permission: 'checkout.sell',
  movesValue: false,
  storeOf: ({ storeId }: QuoteInput) => storeId,
  needs(input, find) {
    const pricing = pricingRows(input, find);
    const lots = pricing.family?.lots ?? pricing.lots;
    const points = input.memberId === undefined ? undefined : pointsRows(input.memberId, find);
    return {
      ...pricing,
      points,
      settling: settlingRows(input.storeId, lots, find),
      held: heldCoupons(input.memberId, find),
    };
  },
  decide(rows, input, context) {
    const { now } = context;
    const unable = mayBuy(rows, input);
    if (unable || !rows.merchant || !rows.store) return unable ?? refused('store_not_found');
    const { member, store } = rows;
    const { currency } = rows.merchant;
    const lines = basketOf(input.lines, rows.basket);
    if (isRefused(lines)) return lines;
    const total = totalOf(lines);
    const usable = usableIn(rows, input, now);
    if (isRefused(usable)) return usable;
    const prices = pricesOf(rows, input, lines, usable, now);
    if (isRefused(prices)) return prices;
    const money = moneyIn(rows.lots, currency, now);
    const isShown = member !== undefined && maySpeakFor(member.id, input.shown, undefined, now) === undefined;
    const isTold = member !== undefined && (isShown || !isHidden(rows.policy, money));
    const wallet = walletOf(rows, currency, now);
    const isToldMost = member !== undefined && (isShown || !isHidden(rows.policy, { total: wallet.most }));
    const offer = (price: Price) => {
      const { bought, due } = price;
      const bill = { lines: bought, currency, due };
      return {
        lines: linesAnswer(lines, price),
        discount: jsonAmount(price.discount),
        couponDiscount: jsonAmount(price.couponDiscount),
        due: jsonAmount(due),
        walletMost: isToldMost ? jsonAmount(least(mostOf(wallet, store, bill, context), wallet.most)) : null,
      };
    };
    const answer = {
      memberId: member ? encodeId('mem', member.id) : null,
      currency,
      total: jsonAmount(total),
      byWallet: member ? offer(prices.byWallet) : null,
      otherwise: offer(prices.otherwise),
      coupons: couponOffers(rows.held, prices.baskets, now),
      pointsMost: isTold && rows.points ? pointsOffer(rows.points, prices.otherwise.due, now) : null,
      balance: isTold ? moneyAnswer(money) : null,
    };
    return { unchanged: JSON.stringify(answer) };
  },
});

/** The most that points pay of what is due; null: nothing. */
function pointsOffer(rows: PointsRows, due: bigint, now: Date) {
  const { points, worth } = mostPoints(rows, due, now);
  return points === 0n ? null : { points: jsonAmount(points), amount: jsonAmount(worth) };
}

/**
 * What a basket comes to where the wallet pays all of it and where it does not. A coupon may be for one of the two only, since
 * what it looks at is what is left after the member's discount; refused where it is for neither.
 */
function pricesOf(
  rows: PricingRows,
  { storeId }: QuoteInput,
  lines: readonly BasketLine[],
  usable: Usable | undefined,
  now: Date,
) {
  const offs = {
    byWallet: discounted(rows, lines, true, now),
    otherwise: discounted(rows, lines, false, now),
  };
  const baskets = {
    byWallet: beforeCoupon(storeId, lines, offs.byWallet),
    otherwise: beforeCoupon(storeId, lines, offs.otherwise),
  };
  const plain = { byWallet: plainPrice(lines, offs.byWallet), otherwise: plainPrice(lines, offs.otherwise) };
  if (!usable) return { ...plain, baskets };
  const byWallet = priceWith(usable, storeId, lines, offs.byWallet);
  const otherwise = priceWith(usable, storeId, lines, offs.otherwise);
  if ('refusal' in otherwise && 'refusal' in byWallet) return otherwise.refusal;
  return {
    byWallet: 'refusal' in byWallet ? plain.byWallet : byWallet,
    otherwise: 'refusal' in otherwise ? plain.otherwise : otherwise,
    baskets,
  };
}

type Rows = PricingRows & { readonly settling: Settling };

/** The wallet that is to pay, and the most that may be taken out of it at once. */
function walletOf({ family, merchant, ...own }: Rows, currency: string, now: Date) {
  const rows = { ...own, lots: family?.lots ?? own.lots };
  const most = moneyIn(rows.lots, currency, now).total;
  if (!family?.share) return { ...rows, most };
  return { ...rows, most: mostNow(family.share, most, civilDay(now, merchant?.timezone ?? 'UTC')) };
}
