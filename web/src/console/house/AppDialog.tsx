import { Form, Input, Skeleton } from 'antd';
import { useEffect } from 'react';
import { renderSVG } from 'uqr';
import { useCommand } from '../../ui/asking.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { ErrorNote } from '../kit/Notes.tsx';
import { kitWords } from '../words.ts';
import { securityWords } from './words.ts';

type Props = { readonly onClose: () => void; readonly onCodes: (codes: readonly string[]) => void };

/** Begins with an authenticator app: its secret as a picture and as text, and its first code as the proof. */
export function AppDialog({ onClose, onCodes }: Props) {
  const words = useWords(securityWords);
  const kit = useWords(kitWords);
  const begin = useCommand('POST /v1/session/totp/begin');
  const confirm = useCommand('POST /v1/session/totp/confirm');
  const { mutate } = begin;
  useEffect(() => mutate({ body: {} }), [mutate]);
  const made = begin.data?.body;
  return (
    <ActionDialog<{ code: string }, unknown>
      title={words.appBegin}
      action={words.confirm}
      submit={async ({ code }) => {
        const answered = await confirm.mutateAsync({ body: { code: code.trim() } });
        onCodes(answered.body.recoveryCodes);
        return answered;
      }}
      onClose={onClose}
    >
      <ErrorNote error={begin.error} />
      <p>{words.appScan}</p>
      {made ? (
        <div className="app-secret">
          <img
            src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(renderSVG(made.uri))}`}
            alt={words.app}
            width={180}
            height={180}
          />
          <code>{made.secret.match(/.{1,4}/g)?.join(' ')}</code>
        </div>
      ) : (
        <Skeleton active />
      )}
      <Form.Item name="code" label={words.appCode} rules={[{ required: true, message: kit.required }]}>
        <Input inputMode="numeric" autoComplete="one-time-code" maxLength={10} />
      </Form.Item>
    </ActionDialog>
  );
}
