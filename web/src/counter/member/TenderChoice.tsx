import { useTenderName } from '../../ui/cards/tenders.ts';
import { useWords } from '../../ui/words.ts';
import { memberWords } from './words.ts';

const tenders = ['cash', 'bank_card', 'wechat_pay', 'alipay'] as const;
export type StoreTender = (typeof tenders)[number];
/** What a membership can be paid by: also out of what the member has prepaid. */
export type FeeTender = StoreTender | 'wallet';

type Props<Tender> = { readonly value: Tender; readonly onChoose: (tender: Tender) => void };

/** By what the store was paid. */
export function TenderChoice(props: Props<StoreTender>) {
  return <Choice {...props} offered={tenders} />;
}

/** By what a membership is paid. */
export function FeeTenderChoice(props: Props<FeeTender>) {
  return <Choice {...props} offered={[...tenders, 'wallet']} />;
}

function Choice<Tender extends FeeTender>({
  offered,
  value,
  onChoose,
}: Props<Tender> & { readonly offered: readonly Tender[] }) {
  const words = useWords(memberWords);
  const tenderName = useTenderName();
  return (
    <fieldset className="choices" aria-label={words.tender}>
      {offered.map((one) => (
        <button
          key={one}
          type="button"
          className="choice"
          aria-pressed={one === value}
          onClick={() => onChoose(one)}
        >
          {tenderName(one)}
        </button>
      ))}
    </fieldset>
  );
}
