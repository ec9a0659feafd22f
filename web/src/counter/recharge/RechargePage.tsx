import { type FormEvent, useState } from 'react';
import { type AnswerOf, ask, newKey, Refused, Unanswered } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { formatMoney } from '../../ui/money.ts';
import { localeOf, refusalText, useLanguage, useWords } from '../../ui/words.ts';
import { useStore } from '../store.ts';
import { rechargeWords } from './words.ts';

type Member = AnswerOf<'GET /v1/members'>['items'][number];
type Face = AnswerOf<'GET /v1/recharge-card-faces'>['items'][number];
type Used = AnswerOf<'POST /v1/recharge-cards/top-ups'>;

/** Puts a recharge card on a member's wallet: who, which card, its worth, its password. */
export function RechargePage() {
  const words = useWords(rechargeWords);
  const [member, setMember] = useState<Member>();
  const [card, setCard] = useState<{ readonly number: string; readonly face: Face }>();
  const [used, setUsed] = useState<Used>();
  const next = () => {
    setCard(undefined);
    setUsed(undefined);
  };
  return (
    <>
      <h1>{words.title}</h1>
      {member ? (
        <p className="note">
          <strong>{member.name ?? member.phone}</strong> <span className="mono soft">{member.phone}</span>{' '}
          <button
            type="button"
            className="bar-button"
            onClick={() => {
              setMember(undefined);
              next();
            }}
          >
            {words.back}
          </button>
        </p>
      ) : (
        <FindMember onFound={setMember} />
      )}
      {member && !card ? <FindCard onFound={(number, face) => setCard({ number, face })} /> : null}
      {member && card && !used ? <Confirm member={member} {...card} onUsed={setUsed} onBack={next} /> : null}
      {used ? <Done used={used} onNext={next} /> : null}
    </>
  );
}

/** Digits in fours, as they stand on the card. */
function fours(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\D/g, '')
    .slice(0, 16)
    .replace(/(\d{4})(?=\d)/g, '$1 ');
}

const whole = 19;

/** Why something came to nothing, in the words of the shown language. */
function useWhy() {
  const words = useWords(rechargeWords);
  const language = useLanguage();
  return (error: unknown) =>
    error instanceof Refused ? refusalText(error.code, language) : words.unanswered;
}

function Bad({ why }: { readonly why: string | undefined }) {
  return why === undefined ? null : (
    <p className="note bad" role="alert">
      {why}
    </p>
  );
}

function FindMember({ onFound }: { readonly onFound: (member: Member) => void }) {
  const words = useWords(rechargeWords);
  const whyOf = useWhy();
  const [phone, setPhone] = useState('');
  const [why, setWhy] = useState<string>();
  const send = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const { body } = await ask('GET /v1/members', { query: { phone } });
      const [found] = body.items;
      setWhy(found ? undefined : words.nobody);
      if (found) onFound(found);
    } catch (error) {
      setWhy(whyOf(error));
    }
  };
  return (
    <form className="code-box" onSubmit={(event) => void send(event)}>
      <div className="field">
        <label htmlFor="member-phone">{words.phone}</label>
        <input
          id="member-phone"
          className="input mono"
          inputMode="tel"
          autoComplete="off"
          value={phone}
          onChange={({ target }) => setPhone(target.value)}
        />
      </div>
      <Bad why={why} />
      <button type="submit" className="button main wide" disabled={phone.trim() === ''}>
        {words.find}
      </button>
    </form>
  );
}

function FindCard({ onFound }: { readonly onFound: (number: string, face: Face) => void }) {
  const words = useWords(rechargeWords);
  const whyOf = useWhy();
  const [number, setNumber] = useState('');
  const [why, setWhy] = useState<string>();
  const send = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const { body } = await ask('GET /v1/recharge-card-faces', { query: { number } });
      const [face] = body.items;
      setWhy(face ? undefined : words.notACard);
      if (face) onFound(number, face);
    } catch (error) {
      setWhy(whyOf(error));
    }
  };
  return (
    <form className="code-box" onSubmit={(event) => void send(event)}>
      <div className="field">
        <label htmlFor="recharge-number">{words.number}</label>
        <input
          id="recharge-number"
          className="input mono"
          inputMode="numeric"
          autoComplete="off"
          value={number}
          onChange={({ target }) => setNumber(fours(target.value))}
        />
      </div>
      <Bad why={why} />
      <button type="submit" className="button main wide" disabled={number.length < whole}>
        {words.next}
      </button>
    </form>
  );
}

type Confirming = {
  readonly member: Member;
  readonly number: string;
  readonly face: Face;
  readonly onUsed: (used: Used) => void;
  readonly onBack: () => void;
};

function Confirm({ member, number, face, onUsed, onBack }: Confirming) {
  const words = useWords(rechargeWords);
  const locale = localeOf(useLanguage());
  const whyOf = useWhy();
  const store = useStore();
  const [password, setPassword] = useState('');
  const [idempotencyKey, setKey] = useState(newKey);
  const use = useCommand('POST /v1/recharge-cards/top-ups');
  const send = (event: FormEvent) => {
    event.preventDefault();
    use.mutate(
      { body: { memberId: member.id, storeId: store.id, number, password }, idempotencyKey },
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
      <p className="due">
        <span className="soft">
          {words.worth} · {face.maskedNumber}
          {face.bonus > 0 ? ` · ${words.bonus(formatMoney(face.bonus, face.currency, locale))}` : ''}
        </span>
        <strong>{formatMoney(face.faceValue, face.currency, locale)}</strong>
      </p>
      <div className="field">
        <label htmlFor="recharge-password">{words.password}</label>
        <input
          id="recharge-password"
          className="input mono"
          inputMode="numeric"
          autoComplete="off"
          value={password}
          onChange={({ target }) => setPassword(fours(target.value))}
        />
      </div>
      <Bad why={use.error === null ? undefined : whyOf(use.error)} />
      <button type="submit" className="button main wide" disabled={use.isPending || password.length < whole}>
        {words.use}
      </button>
      <button type="button" className="button wide" disabled={use.isPending} onClick={onBack}>
        {words.back}
      </button>
    </form>
  );
}

function Done({ used, onNext }: { readonly used: Used; readonly onNext: () => void }) {
  const words = useWords(rechargeWords);
  const locale = localeOf(useLanguage());
  return (
    <section className="note good" role="status">
      <strong>{words.done}</strong>
      <p className="due">
        <span className="soft">{used.maskedNumber}</span>
        <strong>{formatMoney(used.amount + used.bonus, used.currency, locale)}</strong>
      </p>
      <button type="button" className="button main wide" onClick={onNext}>
        {words.again}
      </button>
    </section>
  );
}
