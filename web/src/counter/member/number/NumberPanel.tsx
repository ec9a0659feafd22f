import { type ComponentProps, type FormEvent, useState } from 'react';
import { useCommand } from '../../../ui/asking.ts';
import { signal } from '../../../ui/phone/signals.ts';
import { useSecondsUntil } from '../../../ui/seconds.ts';
import { useWords } from '../../../ui/words.ts';
import { useAttempt } from '../attempt.ts';
import { Bad } from '../Bad.tsx';
import { useInView } from '../inView.ts';
import type { PanelProps } from '../picture.ts';
import { numberPanelWords } from './words.ts';

/** Gives a member another number: a code goes to it, and the member reads it out. */
export function NumberPanel({ picture: { member }, onDone }: PanelProps) {
  const words = useWords(numberPanelWords);
  const [phone, setPhone] = useState('');
  const [code, setCode] = useState('');
  const [sent, setSent] = useState({ phone: '', nextAt: 0 });
  const isSent = sent.phone !== '' && sent.phone === phone;
  const seconds = useSecondsUntil(isSent ? sent.nextAt : 0);
  const { key, failed } = useAttempt('T');
  const send = useCommand('POST /v1/members/{id}/phone-code');
  const change = useCommand('POST /v1/members/{id}/phone');
  const params = { id: member.id };
  const ask = () =>
    send.mutate(
      { params, body: { phone } },
      { onSuccess: ({ body }) => setSent({ phone, nextAt: Date.now() + body.nextIn * 1_000 }) },
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isSent) return ask();
    change.mutate(
      { params, body: { phone, code }, idempotencyKey: key },
      {
        onSuccess: ({ body }) => {
          signal('good');
          onDone({ title: words.done, figure: body.phone, note: words.doneNote });
        },
        onError: failed,
      },
    );
  };
  return (
    <form className="code-box" onSubmit={submit}>
      <div className="field">
        <label htmlFor="new-phone">{words.phone}</label>
        <input
          id="new-phone"
          className="input mono"
          inputMode="tel"
          autoComplete="off"
          maxLength={40}
          value={phone}
          onChange={({ target }) => setPhone(target.value)}
        />
      </div>
      {isSent ? (
        <>
          <p className="note" role="status">
            {words.sent}
          </p>
          <div className="field">
            <label htmlFor="new-code">{words.code}</label>
            <input
              id="new-code"
              className="input mono"
              inputMode="numeric"
              autoComplete="off"
              maxLength={6}
              value={code}
              onChange={({ target }) => setCode(target.value.replaceAll(/\D/g, ''))}
            />
          </div>
        </>
      ) : null}
      <Bad error={change.error ?? send.error} />
      <button
        type="submit"
        className="button main wide"
        disabled={phone.trim() === '' || send.isPending || change.isPending || (isSent && code.length !== 6)}
      >
        {isSent ? words.change : words.send}
      </button>
      {isSent ? (
        <Again disabled={seconds > 0 || send.isPending} onClick={ask}>
          {seconds > 0 ? words.againIn(seconds) : words.again}
        </Again>
      ) : null}
    </form>
  );
}

/** Sends the code once more; the last of what has appeared, so that all of it comes into view. */
function Again(props: Pick<ComponentProps<'button'>, 'disabled' | 'onClick' | 'children'>) {
  const shown = useInView<HTMLButtonElement>();
  return <button ref={shown} type="button" className="button wide in-view" {...props} />;
}
