import { useState } from 'react';
import { useCommand } from '../../ui/asking.ts';
import { useWords } from '../../ui/words.ts';
import { WhyNot } from '../WhyNot.tsx';
import { deviceWords } from './words.ts';

/** The code that a scanned address brings; it stands behind the #, which no server and no log sees. */
export function pairingCodeIn(hash: string): string | undefined {
  return /^#\/pair\?code=([\w-]{1,100})$/.exec(hash)?.[1];
}

/** Makes this browser a device of a store, by the code that was scanned. */
export function PairPage({ code, onPaired }: { readonly code: string; readonly onPaired: () => void }) {
  const words = useWords(deviceWords);
  const [name, setName] = useState('');
  const claim = useCommand('POST /v1/pairings/claim');
  return (
    <main className="app">
      <form
        className="app-body"
        onSubmit={(event) => {
          event.preventDefault();
          claim.mutate({ body: { code, name: name.trim() } }, { onSuccess: onPaired });
        }}
      >
        <h1>{words.pairTitle}</h1>
        <p className="soft">{words.pairWhy}</p>
        <div className="field">
          <label htmlFor="device-name">{words.name}</label>
          <input
            id="device-name"
            className="input"
            value={name}
            maxLength={100}
            placeholder={words.nameHint}
            onChange={({ target }) => setName(target.value)}
          />
        </div>
        <WhyNot error={claim.error} />
        <button type="submit" className="button main wide" disabled={name.trim() === '' || claim.isPending}>
          {words.pair}
        </button>
      </form>
    </main>
  );
}
