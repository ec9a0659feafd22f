import { useState } from 'react';
import { useCommand } from '../../ui/asking.ts';
import { useWords } from '../../ui/words.ts';
import { WhyNot } from '../WhyNot.tsx';
import type { Here } from './here.ts';
import { deviceWords } from './words.ts';

type Member = Here['staff'][number];
const pinLength = 6;

/** Signs somebody in on a paired device: a name, then six digits. */
export function PinSignIn({ here, onPassword }: { readonly here: Here; readonly onPassword: () => void }) {
  const words = useWords(deviceWords);
  const [member, setMember] = useState<Member>();
  return (
    <main className="app">
      <div className="app-body">
        <p className="soft">
          {here.merchant.name} · {here.device.storeName} · {here.device.name}
        </p>
        {member ? (
          <Pin member={member} onBack={() => setMember(undefined)} />
        ) : (
          <>
            <h1>{words.who}</h1>
            {here.staff.length === 0 ? <p className="note">{words.nobody}</p> : null}
            {here.staff.map((one) => (
              <button
                key={one.id}
                type="button"
                className="button wide between"
                onClick={() => setMember(one)}
              >
                {one.name}
              </button>
            ))}
          </>
        )}
        <button type="button" className="button" onClick={onPassword}>
          {words.byPassword}
        </button>
      </div>
    </main>
  );
}

function Pin({ member, onBack }: { readonly member: Member; readonly onBack: () => void }) {
  const words = useWords(deviceWords);
  const [pin, setPin] = useState('');
  const enter = useCommand('POST /v1/session/pin');
  const send = (digits: string) =>
    enter.mutate({ body: { staffId: member.id, pin: digits } }, { onError: () => setPin('') });
  const onDigits = (text: string) => {
    const digits = text.replaceAll(/\D/g, '').slice(0, pinLength);
    setPin(digits);
    // The sixth digit is the Enter.
    if (digits.length === pinLength && !enter.isPending) send(digits);
  };
  return (
    <>
      <h1>{member.name}</h1>
      <div className="field">
        <label htmlFor="pin">{words.pin}</label>
        <input
          id="pin"
          className="input"
          type="password"
          inputMode="numeric"
          autoComplete="off"
          value={pin}
          onChange={({ target }) => onDigits(target.value)}
        />
      </div>
      <WhyNot error={enter.error} />
      <div className="row">
        <button type="button" className="button" onClick={onBack}>
          {words.back}
        </button>
        <button
          type="button"
          className="button main grow"
          disabled={pin.length < pinLength || enter.isPending}
          onClick={() => send(pin)}
        >
          {words.enter}
        </button>
      </div>
    </>
  );
}
