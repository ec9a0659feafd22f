import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../api/client.ts';
import { useWords } from '../words.ts';
import { Field, Form, SignInError } from './Form.tsx';
import { signInWords } from './words.ts';

type Props = { readonly token: string; readonly onDone: () => Promise<void> };

/** The first visit to a fresh server: its merchant and its owner. */
export function Welcome({ token, onDone }: Props) {
  const words = useWords(signInWords);
  return (
    <Form
      title={words.welcomeTitle}
      why={words.welcomeWhy}
      action={words.begin}
      submit={async ({
        merchantName = '',
        currency = '',
        timezone = '',
        name = '',
        login = '',
        password = '',
      }) => {
        const merchant = { name: merchantName, currency: currency.toUpperCase(), timezone };
        await ask('POST /v1/first-owner', { body: { token, name, login, password, merchant } });
        await onDone();
      }}
    >
      <Field name="merchantName" label={words.merchantName} autoComplete="organization" focus />
      <div className="sign-pair">
        <Field name="currency" label={words.currency} initial="CNY" />
        <Field
          name="timezone"
          label={words.timezone}
          initial={Intl.DateTimeFormat().resolvedOptions().timeZone}
        />
      </div>
      <Field name="name" label={words.yourName} autoComplete="name" />
      <Field name="login" label={words.login} autoComplete="username" />
      <Field
        name="password"
        label={words.newPassword}
        type="password"
        autoComplete="new-password"
        hint={words.passwordHint}
      />
    </Form>
  );
}

/** Somebody was invited: with a new password, or by the one they have. */
export function AcceptInvitation({ token, onDone }: Props) {
  const words = useWords(signInWords);
  const { data, error } = useQuery({
    queryKey: ['invitation', token],
    retry: false,
    queryFn: () => ask('POST /v1/invitations/look', { body: { token } }).then(({ body }) => body),
  });
  if (error) return <SignInError error={error} />;
  if (!data) return null;
  return (
    <Form
      title={words.invitationTitle(data.merchantName)}
      why={data.isKnown ? words.invitationKnown : undefined}
      action={words.accept}
      submit={async ({ name = '', login = '', password = '' }) => {
        const own = data.isKnown ? {} : { name };
        const named = data.login === null ? { login } : {};
        await ask('POST /v1/invitations/accept', { body: { token, ...own, ...named, password } });
        await onDone();
      }}
    >
      {data.isKnown ? null : (
        <Field name="name" label={words.yourName} initial={data.name} autoComplete="name" />
      )}
      {data.login === null ? (
        <Field name="login" label={words.login} autoComplete="username" />
      ) : (
        <p>{data.login}</p>
      )}
      {data.isKnown ? (
        <Field name="password" label={words.password} type="password" autoComplete="current-password" />
      ) : (
        <Field
          name="password"
          label={words.newPassword}
          type="password"
          autoComplete="new-password"
          hint={words.passwordHint}
        />
      )}
    </Form>
  );
}

/** A manager made a link because somebody forgot their password. */
export function NewPassword({ token, onDone }: Props) {
  const words = useWords(signInWords);
  const [isSet, setSet] = useState(false);
  if (isSet)
    return (
      <>
        <p className="note good" role="status">
          {words.resetDone}
        </p>
        <button type="button" className="button main wide" onClick={() => void onDone()}>
          {words.signIn}
        </button>
      </>
    );
  return (
    <Form
      title={words.resetTitle}
      action={words.set}
      submit={async ({ password = '' }) => {
        await ask('POST /v1/password-links/use', { body: { token, password } });
        setSet(true);
      }}
    >
      <Field
        name="password"
        label={words.newPassword}
        type="password"
        autoComplete="new-password"
        hint={words.passwordHint}
      />
    </Form>
  );
}
