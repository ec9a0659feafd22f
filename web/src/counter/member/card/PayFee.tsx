import { formatMoney } from '../../../ui/money.ts';
import { useOnline } from '../../../ui/phone/online.ts';
import { localeOf, useLanguage, useWords } from '../../../ui/words.ts';
import { useInView } from '../inView.ts';
import { type StoreTender, TenderChoice } from '../TenderChoice.tsx';
import { cardPanelWords } from './words.ts';

type Props = {
  readonly due: number;
  readonly currency: string;
  readonly tender: StoreTender;
  readonly onTender: (tender: StoreTender) => void;
  readonly isBusy: boolean;
  /** What the button says: with the amount, and where nothing is to be paid. */
  readonly say: (amount: string) => string;
  readonly free: string;
  readonly onPay: () => void;
};

/** What is to be paid, by what, and the button that says it was received. */
export function PayFee({ due, currency, tender, onTender, isBusy, say, free, onPay }: Props) {
  const words = useWords(cardPanelWords);
  const locale = localeOf(useLanguage());
  const isOnline = useOnline();
  const amount = formatMoney(due, currency, locale);
  const shown = useInView<HTMLDivElement>();
  return (
    <div ref={shown} className="code-box in-view">
      <p className="due">
        <span className="soft">{words.due}</span>
        <strong>{amount}</strong>
      </p>
      {due > 0 ? <TenderChoice value={tender} onChoose={onTender} /> : null}
      <button type="button" className="button main wide" disabled={isBusy || !isOnline} onClick={onPay}>
        {due > 0 ? say(amount) : free}
      </button>
    </div>
  );
}
