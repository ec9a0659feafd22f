import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Refused } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { useSecondsUntil } from '../../ui/seconds.ts';
import { useLanguage, useWords } from '../../ui/words.ts';
import { Why } from '../kit/Why.tsx';
import { useMerchant } from '../merchant.ts';
import { Terms } from './Terms.tsx';
import { signInWords } from './words.ts';

type Sent = { readonly phone: string; readonly nextAt: number };

/** In by a phone number and the one-time code that is sent to it. */
export function SignIn() {
  const words = useWords(signInWords);
  const { slug } = useMerchant();
  const language = useLanguage();
  const [phone, setPhone] = useState('');
  const [sent, setSent] = useState<Sent>();
  const send = useCommand('POST /v1/wallet/{slug}/sign-in');
  const ask = () =>
    send.mutate(
      { params: { slug }, body: { phone, language } },
      { onSuccess: ({ body }) => setSent({ phone, nextAt: Date.now() + body.nextIn * 1_000 }) },
    );
  return (
    <section className="sign-in" aria-labelledby="sign-in-title">
      <h1 id="sign-in-title">{words.title}</h1>
      <p className="soft">{words.why}</p>
      {sent ? (
        <CodeForm key={sent.nextAt} sent={sent} onAgain={ask} onOther={() => setSent(undefined)} />
      ) : (
        <form className="code-box" onSubmit={submitting(ask)}>
          <div className="field">
            <label htmlFor="phone">{words.phone}</label>
            <input
              id="phone"
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
    </section>
  );
}

const submitting = (act: () => void) => (event: FormEvent) => {
  event.preventDefault();
  act();
};

type CodeProps = { readonly sent: Sent; readonly onAgain: () => void; readonly onOther: () => void };

function CodeForm({ sent: { phone, nextAt }, onAgain, onOther }: CodeProps) {
  const words = useWords(signInWords);
  const { slug, termsVersion } = useMerchant();
  const language = useLanguage();
  const client = useQueryClient();
  const [code, setCode] = useState('');
  const [agreed, setAgreed] = useState(false);
  const [offers, setOffers] = useState(false);
  const seconds = useSecondsUntil(nextAt);
  const enter = useCommand('POST /v1/wallet/{slug}/sessions');
  const submit = () => {
    const consent = { textVersion: termsVersion, marketing: offers };
    enter.mutate(
      { params: { slug }, body: { phone, code, language, consent } },
      {
        onSuccess: ({ body }) => client.setQueryData(['member', slug], { is: 'member', member: body }),
        onError: (error) => {
          if (!(error instanceof Refused && error.code === 'consent_outdated')) return;
          // What was agreed to is not what stands there now: it is shown anew, and asked anew.
          setAgreed(false);
          void client.invalidateQueries();
        },
      },
    );
  };
  return (
    <form className="code-box" onSubmit={submitting(submit)}>
      <p className="note">{words.sent(phone)}</p>
      <div className="field">
        <label htmlFor="one-time">{words.code}</label>
        <input
          id="one-time"
          className="input code-input"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          value={code}
          onChange={({ target }) => setCode(target.value.replaceAll(/\D/g, ''))}
        />
      </div>
      <label className="tick">
        <input type="checkbox" checked={agreed} onChange={({ target }) => setAgreed(target.checked)} />
        <span>{words.agree}</span>
      </label>
      <Terms />
      <label className="tick">
        <input type="checkbox" checked={offers} onChange={({ target }) => setOffers(target.checked)} />
        <span>{words.offers}</span>
      </label>
      {code.length === 6 && !agreed ? <p className="soft">{words.mustAgree}</p> : null}
      <button
        type="submit"
        className="button main"
        disabled={enter.isPending || code.length !== 6 || !agreed}
      >
        {words.enter}
      </button>
      <Why error={enter.error} />
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
