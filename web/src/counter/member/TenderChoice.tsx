import { tenderWords } from '../../ui/cards/words.ts';
import { useWords } from '../../ui/words.ts';
import { memberWords } from './words.ts';

const tenders = ['cash', 'bank_card', 'wechat_pay', 'alipay'] as const;
export type StoreTender = (typeof tenders)[number];

/** By what the store was paid. */
export function TenderChoice({
  value,
  onChoose,
}: {
  readonly value: StoreTender;
  readonly onChoose: (tender: StoreTender) => void;
}) {
  const words = useWords(memberWords);
  const names = useWords(tenderWords);
  return (
    <fieldset className="choices" aria-label={words.tender}>
      {tenders.map((one) => (
        <button
          key={one}
          type="button"
          className="choice"
          aria-pressed={one === value}
          onClick={() => onChoose(one)}
        >
          {names[one]}
        </button>
      ))}
    </fieldset>
  );
}
