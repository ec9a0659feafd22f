import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ask } from '../../api/client.ts';
import { type SignedIn, signOut } from '../session.ts';
import { chooseLanguage, useLanguage, useWords } from '../words.ts';
import { Field, Form, SignInError } from './Form.tsx';
import { AcceptInvitation, NewPassword, Welcome } from './Links.tsx';
import { linkIn } from './link.ts';
import { hasPasskeys, signByPasskey } from './passkeys.ts';
import './signin.css';
import { signInWords } from './words.ts';

/** Where nobody is signed in yet: by password, by passkey, by the second factor, or by a link that somebody was given. */
export function SignIn({ signedIn }: { readonly signedIn: Exclude<SignedIn, { is: 'somebody' }> }) {
  const client = useQueryClient();
  const [link, setLink] = useState(() => linkIn(location.hash));
  const again = () => client.invalidateQueries();
  const done = async () => {
    history.replaceState(null, '', location.pathname);
    setLink(undefined);
    await again();
  };
  if (link?.kind === 'welcome')
    return (
      <Around>
        <Welcome token={link.token} onDone={done} />
      </Around>
    );
  if (link?.kind === 'invitation')
    return (
      <Around>
        <AcceptInvitation token={link.token} onDone={done} />
      </Around>
    );
  if (link?.kind === 'password')
    return (
      <Around>
        <NewPassword token={link.token} onDone={done} />
      </Around>
    );
  if (signedIn.is === 'half')
    return (
      <Around>
        <SecondFactor factors={signedIn.factors} onDone={again} />
      </Around>
    );
  return (
    <Around>
      <ByPassword onDone={again} />
    </Around>
  );
}

function Around({ children }: { readonly children: ReactNode }) {
  const language = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <main className="sign-in">
      <div className="sign-box">
        <img src="/icon.svg" alt="Scrip" width={44} height={44} />
        {children}
      </div>
      <button
        type="button"
        className="sign-language"
        lang={other === 'zh' ? 'zh-CN' : 'en'}
        onClick={() => chooseLanguage(other)}
      >
        <OtherLanguage />
      </button>
    </main>
  );
}

function OtherLanguage() {
  return useWords(signInWords).otherLanguage;
}

type Done = { readonly onDone: () => Promise<void> };

function ByPassword({ onDone }: Done) {
  const words = useWords(signInWords);
  return (
    <>
      <Form
        title={words.title}
        action={words.signIn}
        submit={async ({ login = '', password = '' }) => {
          await ask('POST /v1/session', { body: { login, password } });
          await onDone();
        }}
      >
        <Field name="login" label={words.login} autoComplete="username" focus />
        <Field name="password" label={words.password} type="password" autoComplete="current-password" />
      </Form>
      <PasskeyButton onDone={onDone} />
    </>
  );
}

function PasskeyButton({ onDone }: Done) {
  const words = useWords(signInWords);
  const [hasFailed, setFailed] = useState(false);
  const [error, setError] = useState<Error>();
  if (!hasPasskeys) return null;
  const sign = async () => {
    setFailed(false);
    setError(undefined);
    await signByPasskey().then(onDone, (cause: unknown) => {
      // The browser says in its own words why not, and not in ours.
      if (cause instanceof DOMException) setFailed(true);
      else setError(cause instanceof Error ? cause : new Error(String(cause)));
    });
  };
  return (
    <>
      <button type="button" className="button wide" onClick={() => void sign()}>
        {words.byPasskey}
      </button>
      {hasFailed ? (
        <p className="note look" role="alert">
          {words.passkeyFailed}
        </p>
      ) : null}
      <SignInError error={error} />
    </>
  );
}

type SecondFactorProps = Done & { readonly factors: readonly string[] };

function SecondFactor({ factors, onDone }: SecondFactorProps) {
  const words = useWords(signInWords);
  return (
    <>
      <Form
        title={words.secondTitle}
        action={words.goOn}
        submit={async ({ code = '' }) => {
          await ask('POST /v1/session/second-factor', { body: { code: code.trim() } });
          await onDone();
        }}
      >
        <Field name="code" label={words.code} autoComplete="one-time-code" focus />
      </Form>
      {factors.includes('passkey') ? <PasskeyButton onDone={onDone} /> : null}
      <button type="button" className="sign-language" onClick={() => void signOut()}>
        {words.startOver}
      </button>
    </>
  );
}
