import type { AnswerOf } from '../../../api/client.ts';
import type { StoreTender } from '../TenderChoice.tsx';

export type Quote = AnswerOf<'POST /v1/purchase-quotes'>;

/** What the clerk has chosen to be paid by; what those do not pay is paid by `rest`. */
export type Ways = { readonly wallet: boolean; readonly points: boolean; readonly rest: StoreTender };

/** What is due by these ways, and what each of them pays, as the server quoted it. */
export type Bill = {
  readonly due: number;
  readonly discount: number;
  readonly couponDiscount: number;
  readonly wallet: number;
  readonly points: Quote['pointsMost'];
  readonly rest: number;
};

/** Whether the wallet pays all of it; of a balance that is hidden only the payment itself can tell. */
export function isWhole({ byWallet }: Quote): boolean {
  return byWallet !== null && (byWallet.walletMost === null || byWallet.walletMost >= byWallet.due);
}

/** Whether the wallet pays something of it. */
export const mayPay = (quote: Quote): boolean =>
  quote.byWallet !== null && (isWhole(quote) || (quote.otherwise.walletMost ?? 0) > 0);

export function billOf(quote: Quote, ways: Ways): Bill {
  const { byWallet, otherwise, pointsMost } = quote;
  if (ways.wallet && !ways.points && byWallet && isWhole(quote)) {
    const { due, discount, couponDiscount } = byWallet;
    return { due, discount, couponDiscount, wallet: due, points: null, rest: 0 };
  }
  const { due, discount, couponDiscount, walletMost } = otherwise;
  const points = ways.points ? pointsMost : null;
  const toPay = due - (points?.amount ?? 0);
  const wallet = ways.wallet ? Math.min(walletMost ?? 0, toPay) : 0;
  return { due, discount, couponDiscount, wallet, points, rest: toPay - wallet };
}
