import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useWords } from '../words.ts';
import { signInWords } from './words.ts';

/** Where nobody is signed in. */
export function SignInForm({ title }: { readonly title: string }) {
  const words = useWords(signInWords);
  const client = useQueryClient();
  const [key, setKey] = useState('');
  return (
    <main className="app">
      <form
        className="app-body"
        onSubmit={(event) => {
          event.preventDefault();
          sessionStorage.setItem('scrip.developer-key', key);
          void client.invalidateQueries();
        }}
      >
        <h1>{title}</h1>
        <div className="field">
          <label htmlFor="sign-in-key">{words.key}</label>
          <input
            id="sign-in-key"
            className="input"
            type="password"
            autoComplete="off"
            value={key}
            onChange={({ target }) => setKey(target.value)}
          />
        </div>
        <button type="submit" className="button main">
          {words.signIn}
        </button>
      </form>
    </main>
  );
}
