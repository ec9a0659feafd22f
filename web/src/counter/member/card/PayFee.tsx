import { useState } from 'react';
import { Refused } from '../../../api/client.ts';
import { formatMoney } from '../../../ui/money.ts';
import { useOnline } from '../../../ui/phone/online.ts';
import { localeOf, useLanguage, useWords } from '../../../ui/words.ts';
import { Bad } from '../Bad.tsx';
import { useInView } from '../inView.ts';
import type { PanelProps, Picture } from '../picture.ts';
import { type FeeTender, FeeTenderChoice } from '../TenderChoice.tsx';
import { memberWords } from '../words.ts';
import { cardPanelWords } from './words.ts';

type Props = Pick<PanelProps, 'picture' | 'onStale'> & {
  readonly due: number;
  readonly currency: string;
  /** The one attempt that it is about: another tender is another one. */
  readonly once: { readonly isBusy: boolean; readonly error: unknown; readonly renew: () => void };
  /** What has to be known first is not yet. */
  readonly isUnready?: boolean;
  /** What the button says: with the amount that was handed over, the one that the wallet pays, and where nothing is. */
  readonly say: (amount: string) => string;
  readonly sayWallet: (amount: string) => string;
  readonly free: string;
  readonly onPay: (tender: FeeTender) => void;
};

/** What is to be paid, by what, and the button that says it was received; above it why it was not. */
export function PayFee(props: Props) {
  const { due, currency, once, isUnready = false, picture, onStale } = props;
  const [tender, setTender] = useState<FeeTender>('cash');
  const words = useWords(cardPanelWords);
  const locale = localeOf(useLanguage());
  const isOnline = useOnline();
  const amount = formatMoney(due, currency, locale);
  const shown = useInView<HTMLDivElement>();
  const choose = (one: FeeTender) => {
    setTender(one);
    once.renew();
  };
  const isShort = tender === 'wallet' && picture.balance !== null && picture.balance.total < due;
  const isIdle = !once.isBusy && !isUnready && isOnline && !isShort;
  const isStale = once.error instanceof Refused && once.error.code.startsWith('payment_code_');
  const say = tender === 'wallet' ? props.sayWallet : props.say;
  return (
    <>
      <Bad error={once.error} />
      {isStale ? (
        <button type="button" className="button wide" onClick={onStale}>
          {words.anew}
        </button>
      ) : null}
      <div ref={shown} className="code-box in-view">
        <p className="due">
          <span className="soft">{words.due}</span>
          <strong>{amount}</strong>
        </p>
        {due > 0 ? <FeeTenderChoice value={tender} onChoose={choose} /> : null}
        {tender === 'wallet' ? <Purse picture={picture} isShort={isShort} /> : null}
        <button
          type="button"
          className="button main wide"
          disabled={!isIdle}
          onClick={() => props.onPay(tender)}
        >
          {due > 0 ? say(amount) : props.free}
        </button>
      </div>
    </>
  );
}

/** What the wallet has, as far as it is shown, and that it is too little. */
function Purse({ picture, isShort }: { readonly picture: Picture; readonly isShort: boolean }) {
  const words = useWords(memberWords);
  const locale = localeOf(useLanguage());
  const { balance, currency } = picture;
  if (isShort)
    return (
      <p className="note bad" role="alert">
        {words.short}
      </p>
    );
  if (balance === null) return null;
  return <p className="soft">{words.leftOn(formatMoney(balance.total, currency, locale))}</p>;
}
