import { useEffect, useState } from 'react';
import { ask, setProver } from '../../api/client.ts';
import { useModal } from '../phone/modal.ts';
import { useSession } from '../session.ts';
import { useWords } from '../words.ts';
import { Field, Form } from './Form.tsx';
import { hasPasskeys, signByPasskey } from './passkeys.ts';
import './signin.css';
import { signInWords } from './words.ts';

/** Asks for a fresh proof whenever the server wants one; what was asked goes on from there. */
export function StepUp() {
  const [answer, setAnswer] = useState<(proven: boolean) => void>();
  useEffect(() => {
    setProver(() => new Promise<boolean>((resolve) => setAnswer(() => resolve)));
    return () => setProver(undefined);
  }, []);
  if (!answer) return null;
  const close = (proven: boolean) => {
    setAnswer(undefined);
    answer(proven);
  };
  return <ProofDialog onClose={close} />;
}

function ProofDialog({ onClose }: { readonly onClose: (proven: boolean) => void }) {
  const words = useWords(signInWords);
  const { factors } = useSession();
  const dialog = useModal();
  const asksCode = factors.length > 0;
  const byPasskey = () =>
    signByPasskey().then(
      () => onClose(true),
      () => undefined,
    );
  return (
    <dialog ref={dialog} className="proof" aria-label={words.proveTitle} onCancel={() => onClose(false)}>
      <Form
        title={words.proveTitle}
        why={words.proveWhy}
        action={words.prove}
        submit={async ({ proof = '' }) => {
          const body = asksCode ? { code: proof.trim() } : { password: proof };
          await ask('POST /v1/session/step-up', { body });
          onClose(true);
        }}
        foot={
          <button type="button" className="button" onClick={() => onClose(false)}>
            {words.cancel}
          </button>
        }
      >
        {asksCode ? (
          <Field name="proof" label={words.code} autoComplete="one-time-code" focus />
        ) : (
          <Field name="proof" label={words.password} type="password" autoComplete="current-password" focus />
        )}
      </Form>
      {hasPasskeys && factors.includes('passkey') ? (
        <button type="button" className="button wide" onClick={() => void byPasskey()}>
          {words.byPasskey}
        </button>
      ) : null}
    </dialog>
  );
}
