import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Refused } from '../../api/client.ts';
import { refusalText, useLanguage, useWords } from '../words.ts';
import { signInWords } from './words.ts';

type FieldProps = {
  readonly name: string;
  readonly label: string;
  readonly type?: string;
  readonly autoComplete?: string;
  readonly hint?: string;
  readonly initial?: string;
  readonly focus?: boolean;
};

/** One line to fill in. */
export function Field({
  name,
  label,
  type = 'text',
  autoComplete = 'off',
  hint,
  initial = '',
  focus = false,
}: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        className="input"
        type={type}
        required
        maxLength={254}
        autoComplete={autoComplete}
        defaultValue={initial}
        // biome-ignore lint/a11y/noAutofocus: the page has nothing before it.
        autoFocus={focus}
        spellCheck={false}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      />
      {hint === undefined ? null : (
        <span id={`${id}-hint`} className="soft small">
          {hint}
        </span>
      )}
    </div>
  );
}

type FormProps = {
  readonly title: string;
  readonly why?: string | undefined;
  readonly action: string;
  readonly submit: (values: { readonly [name: string]: string }) => Promise<void>;
  readonly children: ReactNode;
  readonly foot?: ReactNode;
};

/** A form of its own page: what is refused is said above its button. */
export function Form({ title, why, action, submit, children, foot }: FormProps) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values: Record<string, string> = {};
    for (const [name, value] of new FormData(event.currentTarget))
      if (typeof value === 'string') values[name] = value;
    setBusy(true);
    setError(undefined);
    await submit(values).catch((cause: unknown) => {
      setError(cause instanceof Error ? cause : new Error(String(cause)));
      setBusy(false);
    });
  };
  return (
    <form className="sign-form" onSubmit={(event) => void onSubmit(event)}>
      <h1>{title}</h1>
      {why === undefined ? null : <p className="soft">{why}</p>}
      {children}
      <SignInError error={error} />
      <button type="submit" className="button main" disabled={isBusy}>
        {action}
      </button>
      {foot}
    </form>
  );
}

/** Why signing in did not work. */
export function SignInError({ error }: { readonly error: Error | undefined }) {
  const words = useWords(signInWords);
  const language = useLanguage();
  if (!error) return null;
  const isRefused = error instanceof Refused;
  const text = isRefused ? refusalText(error.code, language) : words.noAnswer;
  return (
    <p className="note bad" role="alert">
      {text}
      {isRefused && error.detail !== undefined && language === 'en' ? ` ${error.detail}` : ''}
    </p>
  );
}
