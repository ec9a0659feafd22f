import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useCommand } from '../../ui/asking.ts';
import { useSecondsUntil } from '../../ui/seconds.ts';
import { useWords } from '../../ui/words.ts';
import { Titled } from '../kit/Titled.tsx';
import { Why } from '../kit/Why.tsx';
import { useMember } from '../member.ts';
import { useMerchant } from '../merchant.ts';
import { Members } from '../signin/Members.tsx';
import { numberWords } from './words.ts';

/** Takes another phone number, which has to be in one's hand. */
export function NumberPage() {
  const words = useWords(numberWords);
  return (
    <>
      <Titled title={words.title} up="/me" />
      <Members>
        <Change />
      </Members>
    </>
  );
}

type Sent = { readonly phone: string; readonly nextAt: number };

const submitting = (act: () => void) => (event: FormEvent) => {
  event.preventDefault();
  act();
};

function Change() {
  const words = useWords(numberWords);
  const { slug } = useMerchant();
  const member = useMember();
  const [phone, setPhone] = useState('');
  const [sent, setSent] = useState<Sent>();
  const [isDone, setDone] = useState(false);
  const send = useCommand('POST /v1/wallet/{slug}/me/phone-code');
  const ask = () =>
    send.mutate(
      { params: { slug }, body: { phone } },
      { onSuccess: ({ body }) => setSent({ phone, nextAt: Date.now() + body.nextIn * 1_000 }) },
    );
  if (isDone)
    return (
      <section className="code-box" role="status">
        <p className="note">{words.done(member.phone)}</p>
        <Link to={`/${slug}/me`} className="button main">
          {words.back}
        </Link>
      </section>
    );
  return (
    <>
      <p className="soft">{words.why(member.phone)}</p>
      {sent ? (
        <CodeForm
          key={sent.nextAt}
          sent={sent}
          onDone={() => setDone(true)}
          onAgain={ask}
          onOther={() => setSent(undefined)}
        />
      ) : (
        <form className="code-box" onSubmit={submitting(ask)}>
          <div className="field">
            <label htmlFor="new-phone">{words.phone}</label>
            <input
              id="new-phone"
              className="input"
              type="tel"
              autoComplete="tel"
              maxLength={40}
              value={phone}
              onChange={({ target }) => setPhone(target.value)}
            />
          </div>
          <button type="submit" className="button main" disabled={send.isPending || phone.trim() === ''}>
            {words.send}
          </button>
        </form>
      )}
      <Why error={send.error} />
    </>
  );
}

type CodeProps = {
  readonly sent: Sent;
  readonly onDone: () => void;
  readonly onAgain: () => void;
  readonly onOther: () => void;
};

function CodeForm({ sent: { phone, nextAt }, onDone, onAgain, onOther }: CodeProps) {
  const words = useWords(numberWords);
  const { slug } = useMerchant();
  const client = useQueryClient();
  const [code, setCode] = useState('');
  const seconds = useSecondsUntil(nextAt);
  const change = useCommand('POST /v1/wallet/{slug}/me/phone');
  const submit = () =>
    change.mutate(
      { params: { slug }, body: { phone, code } },
      {
        onSuccess: ({ body }) => {
          client.setQueryData(['member', slug], { is: 'member', member: body });
          onDone();
        },
      },
    );
  return (
    <form className="code-box" onSubmit={submitting(submit)}>
      <p className="note">{words.sent(phone)}</p>
      <div className="field">
        <label htmlFor="new-code">{words.code}</label>
        <input
          id="new-code"
          className="input code-input"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          value={code}
          onChange={({ target }) => setCode(target.value.replaceAll(/\D/g, ''))}
        />
      </div>
      <button type="submit" className="button main" disabled={change.isPending || code.length !== 6}>
        {words.change}
      </button>
      <Why error={change.error} />
      <div className="row">
        <button type="button" className="button" disabled={seconds > 0} onClick={onAgain}>
          {seconds > 0 ? words.againIn(seconds) : words.again}
        </button>
        <button type="button" className="button" onClick={onOther}>
          {words.otherPhone}
        </button>
      </div>
    </form>
  );
}
