import { currencySign, formatMoney } from '../../ui/money.ts';
import { useSession } from '../../ui/session.ts';
import { type Language, localeOf } from '../../ui/words.ts';
import { amountsIn, bodyOf, type Draft, validityText } from './terms.ts';
import { programWords } from './words.ts';

/** The face of a card under these terms, while they are being written. */
export function CardFace({
  draft,
  imageId,
  language,
}: {
  readonly draft: Draft;
  readonly imageId: string | null;
  readonly language: Language;
}) {
  const { merchant } = useSession();
  const words = programWords[language];
  const { currency } = merchant;
  const [first] = draft.values === 'fixed' ? (amountsIn(draft.denominations, currency) ?? []) : [];
  const name = language === 'zh' ? draft.nameZh : draft.nameEn || draft.nameZh;
  const validity = bodyOf(draft, currency).validity;
  const isDated = validity && (validity.type !== 'until' || validity.date !== '');
  return (
    <figure className="face" aria-label={words.face} lang={localeOf(language)}>
      {imageId === null ? null : <img className="face-picture" src={`/v1/images/${imageId}`} alt="" />}
      <div className="face-head">
        <span>{merchant.name}</span>
        <span>{draft.medium === 'digital' ? words.digital : words.physical}</span>
      </div>
      <p className="face-name">{name === '' ? words.name : name}</p>
      <p className="face-value">
        {first === undefined
          ? `${currencySign(currency, localeOf(language))} –`
          : formatMoney(first, currency, localeOf(language))}
      </p>
      <div className="face-foot">
        <span className="mono">•••••• •••••• ••0000</span>
        <span>{isDated ? validityText(validity, language) : ''}</span>
      </div>
    </figure>
  );
}
