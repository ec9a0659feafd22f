import { useState } from 'react';
import { formatMoney } from '../../../ui/money.ts';
import { useOnline } from '../../../ui/phone/online.ts';
import { localeOf, useLanguage, useWords } from '../../../ui/words.ts';
import { Bad } from '../Bad.tsx';
import { useInView } from '../inView.ts';
import { type StoreTender, TenderChoice } from '../TenderChoice.tsx';
import { cardPanelWords } from './words.ts';

type Props = {
  readonly due: number;
  readonly currency: string;
  /** The one attempt that it is about: another tender is another one. */
  readonly once: { readonly isBusy: boolean; readonly error: unknown; readonly renew: () => void };
  /** What has to be known first is not yet. */
  readonly isUnready?: boolean;
  /** What the button says: with the amount, and where nothing is to be paid. */
  readonly say: (amount: string) => string;
  readonly free: string;
  readonly onPay: (tender: StoreTender) => void;
};

/** What is to be paid, by what, and the button that says it was received; above it why it was not. */
export function PayFee({ due, currency, once, isUnready = false, say, free, onPay }: Props) {
  const [tender, setTender] = useState<StoreTender>('cash');
  const words = useWords(cardPanelWords);
  const locale = localeOf(useLanguage());
  const isOnline = useOnline();
  const amount = formatMoney(due, currency, locale);
  const shown = useInView<HTMLDivElement>();
  const choose = (one: StoreTender) => {
    setTender(one);
    once.renew();
  };
  const isIdle = !once.isBusy && !isUnready && isOnline;
  return (
    <>
      <Bad error={once.error} />
      <div ref={shown} className="code-box in-view">
        <p className="due">
          <span className="soft">{words.due}</span>
          <strong>{amount}</strong>
        </p>
        {due > 0 ? <TenderChoice value={tender} onChoose={choose} /> : null}
        <button type="button" className="button main wide" disabled={!isIdle} onClick={() => onPay(tender)}>
          {due > 0 ? say(amount) : free}
        </button>
      </div>
    </>
  );
}
