import { useTenderName } from '../../../ui/cards/tenders.ts';
import { formatMoney } from '../../../ui/money.ts';
import { localeOf, useLanguage, useWords } from '../../../ui/words.ts';
import { useInView } from '../inView.ts';
import { TenderChoice } from '../TenderChoice.tsx';
import { memberWords } from '../words.ts';
import { type Bill, billOf, isWhole, mayPay, type Quote, type Ways } from './bill.ts';
import { payWords } from './words.ts';

type Props = {
  readonly quote: Quote;
  readonly ways: Ways;
  readonly onWays: (ways: Ways) => void;
  /** Of whose wallet it is. */
  readonly said: { readonly takeIt: (amount: string) => string };
  readonly isBusy: boolean;
  readonly onTake: (bill: Bill) => void;
};

/** What is due, what pays it, and the button that takes it. */
export function Taking({ quote, ways, onWays, said, isBusy, onTake }: Props) {
  const shown = useInView<HTMLDivElement>();
  const words = useWords(memberWords);
  const payText = useWords(payWords);
  const labelOf = useTakeLabel(quote.currency, said);
  const locale = localeOf(useLanguage());
  const money = (amount: number) => formatMoney(amount, quote.currency, locale);
  const bill = billOf(quote, ways);
  return (
    <div ref={shown} className="code-box in-view">
      <p className="due">
        <span className="soft">
          {words.due}
          {bill.discount > 0 ? ` · ${words.off(money(bill.discount))}` : ''}
          {bill.couponDiscount > 0 ? ` · ${payText.byCoupon(money(bill.couponDiscount))}` : ''}
        </span>
        <strong>{money(bill.due)}</strong>
      </p>
      <WayChoice quote={quote} ways={ways} onWays={onWays} />
      <Shares bill={bill} money={money} />
      {bill.rest > 0 ? (
        <TenderChoice value={ways.rest} onChoose={(rest) => onWays({ ...ways, rest })} />
      ) : null}
      <button type="button" className="button main wide" disabled={isBusy} onClick={() => onTake(bill)}>
        {labelOf(bill, ways)}
      </button>
    </div>
  );
}

/** Whether the wallet pays, and points; nothing is asked where neither can. */
function WayChoice({ quote, ways, onWays }: Pick<Props, 'quote' | 'ways' | 'onWays'>) {
  const words = useWords(payWords);
  const locale = localeOf(useLanguage());
  const { pointsMost, currency } = quote;
  const hasWallet = mayPay(quote);
  if (!hasWallet && pointsMost === null) return null;
  return (
    <fieldset className="choices" aria-label={words.ways}>
      {hasWallet ? (
        <button
          type="button"
          className="choice"
          aria-pressed={ways.wallet}
          onClick={() => onWays({ ...ways, wallet: !ways.wallet })}
        >
          {words.wallet}
        </button>
      ) : null}
      {pointsMost === null ? null : (
        <button
          type="button"
          className="choice"
          aria-pressed={ways.points}
          onClick={() => onWays({ ...ways, points: !ways.points })}
        >
          {words.points(
            pointsMost.points.toLocaleString(locale),
            formatMoney(pointsMost.amount, currency, locale),
          )}
        </button>
      )}
    </fieldset>
  );
}

/** What each pays, where more than one does. */
function Shares({ bill, money }: { readonly bill: Bill; readonly money: (amount: number) => string }) {
  const words = useWords(payWords);
  const locale = localeOf(useLanguage());
  const { wallet, points, rest } = bill;
  const shares: readonly (readonly [string, number])[] = [
    ...(points === null
      ? []
      : [[words.byPoints(points.points.toLocaleString(locale)), points.amount] as const]),
    ...(wallet > 0 ? [[words.byWallet, wallet] as const] : []),
    ...(rest > 0 ? [[words.rest, rest] as const] : []),
  ];
  if (shares.length < 2) return null;
  return (
    <ul className="plain-list member-parts">
      {shares.map(([name, amount]) => (
        <li key={name}>
          <span className="soft">{name}</span> <span className="money">{money(amount)}</span>
        </li>
      ))}
    </ul>
  );
}

/** What the button says: first of all what the clerk has to have in hand. */
function useTakeLabel(currency: string, said: Props['said']): (bill: Bill, ways: Ways) => string {
  const words = useWords(payWords);
  const tenderName = useTenderName();
  const locale = localeOf(useLanguage());
  return ({ rest, wallet, points }, ways) => {
    if (rest > 0) return words.received(formatMoney(rest, currency, locale), tenderName(ways.rest));
    if (wallet > 0) return said.takeIt(formatMoney(wallet, currency, locale));
    return points === null ? words.nothingDue : words.payByPoints(points.points.toLocaleString(locale));
  };
}

/** What a basket is paid by until somebody chooses otherwise: the wallet, as far as it goes. */
export const usualWays = (quote: Quote): Ways => ({
  wallet: isWhole(quote) || mayPay(quote),
  points: false,
  rest: 'cash',
});
