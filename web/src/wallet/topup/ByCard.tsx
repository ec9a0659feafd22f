import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type AnswerOf, newKey, Unanswered } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { formatMoney } from '../../ui/money.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { Why } from '../kit/Why.tsx';
import { useMerchant } from '../merchant.ts';
import { Credited } from './Credited.tsx';
import { topUpWords } from './words.ts';

type Face = AnswerOf<'POST /v1/wallet/{slug}/recharge-cards/look'>;
type Used = AnswerOf<'POST /v1/wallet/{slug}/recharge-cards/use'>;

/** The number, then what it is worth, then the password below the scratch layer. */
export function ByCard() {
  const [number, setNumber] = useState('');
  const [face, setFace] = useState<Face>();
  const [used, setUsed] = useState<Used>();
  const again = () => {
    setNumber('');
    setFace(undefined);
    setUsed(undefined);
  };
  if (used)
    return (
      <Credited
        amount={used.amount + used.bonus}
        bonus={used.bonus}
        currency={used.currency}
        onMore={again}
      />
    );
  if (face) return <Password number={number} face={face} onUsed={setUsed} onOther={again} />;
  return <Numbered number={number} onNumber={setNumber} onFace={setFace} />;
}

/** Digits in fours as they stand on the card; what is typed besides falls away. */
function fours(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\D/g, '')
    .slice(0, 16)
    .replace(/(\d{4})(?=\d)/g, '$1 ');
}

const whole = 19;

type Asking = {
  readonly number: string;
  readonly onNumber: (number: string) => void;
  readonly onFace: (face: Face) => void;
};

function Numbered({ number, onNumber, onFace }: Asking) {
  const words = useWords(topUpWords);
  const { slug } = useMerchant();
  const look = useCommand('POST /v1/wallet/{slug}/recharge-cards/look');
  const send = (event: FormEvent) => {
    event.preventDefault();
    look.mutate({ params: { slug }, body: { number } }, { onSuccess: ({ body }) => onFace(body) });
  };
  return (
    <form className="code-box" onSubmit={send}>
      <div className="field">
        <label htmlFor="number">{words.number}</label>
        <input
          id="number"
          className="input mono"
          inputMode="numeric"
          autoComplete="off"
          value={number}
          onChange={({ target }) => onNumber(fours(target.value))}
        />
      </div>
      <Why error={look.error} />
      <button type="submit" className="button main" disabled={look.isPending || number.length < whole}>
        {words.next}
      </button>
    </form>
  );
}

type Found = {
  readonly number: string;
  readonly face: Face;
  readonly onUsed: (used: Used) => void;
  readonly onOther: () => void;
};

function Password({ number, face, onUsed, onOther }: Found) {
  const words = useWords(topUpWords);
  const locale = localeOf(useLanguage());
  const { slug, name } = useMerchant();
  const [password, setPassword] = useState('');
  // One key until the outcome is known: asked again after a lost answer, it is the same top-up.
  const [idempotencyKey, setKey] = useState(newKey);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);
  const use = useCommand('POST /v1/wallet/{slug}/recharge-cards/use');
  const send = (event: FormEvent) => {
    event.preventDefault();
    use.mutate(
      { params: { slug }, body: { number, password }, idempotencyKey },
      {
        onSuccess: ({ body }) => onUsed(body),
        onError: (error) => {
          if (!(error instanceof Unanswered)) setKey(newKey());
        },
      },
    );
  };
  return (
    <form className="code-box" onSubmit={send}>
      <div className="face face-2">
        <div className="face-row">
          <span className="face-name">{words.byCard}</span>
          <span>{name}</span>
        </div>
        <strong className="face-balance">{formatMoney(face.faceValue, face.currency, locale)}</strong>
        <span className="face-small">
          {face.bonus > 0 ? `${words.bonus(formatMoney(face.bonus, face.currency, locale))} · ` : ''}
          {face.maskedNumber}
        </span>
      </div>
      <div className="field">
        <label htmlFor="password">{words.password}</label>
        <input
          ref={box}
          id="password"
          className="input mono"
          inputMode="numeric"
          autoComplete="off"
          aria-describedby="password-why"
          value={password}
          onChange={({ target }) => setPassword(fours(target.value))}
        />
        <p id="password-why" className="soft">
          {words.passwordWhy}
        </p>
      </div>
      <Why error={use.error} />
      <button type="submit" className="button main" disabled={use.isPending || password.length < whole}>
        {use.error instanceof Unanswered ? words.useAgain : words.use}
      </button>
      <button type="button" className="button" disabled={use.isPending} onClick={onOther}>
        {words.otherCard}
      </button>
    </form>
  );
}
