import { cardStateWords, toneOf } from '../../ui/cards/words.ts';
import { formatMoney } from '../../ui/money.ts';
import { formatLastDay } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { useLook, useMerchant } from '../merchant.ts';
import { cardWords } from './words.ts';

type Props = {
  readonly card: {
    readonly program?: { readonly id: string; readonly name: { readonly zh: string; readonly en: string } };
    readonly maskedCode: string;
    readonly balance: number;
    readonly available: number;
    readonly currency: string;
    readonly state: keyof typeof cardStateWords.zh;
    readonly validUntil: string | null;
    readonly gift?: object | null;
  };
};

const faces = 6;

/** The same face for all cards of a program. */
function faceOf(programId: string): number {
  let sum = 0;
  for (const character of programId) sum = (sum * 31 + character.charCodeAt(0)) % 9_973;
  return sum % faces;
}

/** A card as one sees it in a wallet: whose, which, how much, how long. */
export function CardFace({ card }: Props) {
  const words = useWords(cardWords);
  const states = useWords(cardStateWords);
  const language = useLanguage();
  const locale = localeOf(language);
  const { name, timezone } = useMerchant();
  const picture = useLook().faceOf(card.program?.id);
  const { program, balance, available, currency, state, validUntil, maskedCode } = card;
  const isQuiet = state === 'frozen' || ['stop', 'quiet'].includes(toneOf(state));
  const isOnItsWay = card.gift !== undefined && card.gift !== null;
  return (
    <div className={`face face-${faceOf(program?.id ?? '')} ${isQuiet ? 'quiet' : ''}`}>
      {picture === undefined ? null : <img className="face-picture" src={picture} alt="" />}
      <div className="face-row">
        <span className="face-name">{program?.name[language] ?? name}</span>
        <span className="face-state">{isOnItsWay ? words.onItsWay : states[state]}</span>
      </div>
      <div>
        <span className="unseen">{words.balance}</span>
        <strong className="face-balance">{formatMoney(balance, currency, locale)}</strong>
        {available === balance ? null : (
          <span className="face-small">{words.available(formatMoney(available, currency, locale))}</span>
        )}
      </div>
      <div className="face-row face-small">
        <span className="mono">{maskedCode}</span>
        <span>
          {validUntil === null
            ? words.forever
            : words.validThrough(formatLastDay(validUntil, locale, timezone))}
        </span>
      </div>
    </div>
  );
}
