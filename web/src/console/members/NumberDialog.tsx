import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useCommand } from '../../ui/asking.ts';
import { useSecondsUntil } from '../../ui/seconds.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { TextField } from '../kit/fields.tsx';
import { ErrorNote } from '../kit/Notes.tsx';
import { kitWords } from '../words.ts';
import { numberWords } from './words.ts';

type Values = { readonly phone: string; readonly code: string };
type Props = { readonly memberId: string; readonly onClose: () => void };

/** Gives a member another number: a code goes to it, and whoever has it reads it out. */
export function NumberDialog({ memberId, onClose }: Props) {
  const words = useWords(numberWords);
  const change = useCommand('POST /v1/members/{id}/phone');
  return (
    <ActionDialog<Values, unknown>
      title={words.title}
      action={words.title}
      submit={({ phone, code }, idempotencyKey) =>
        change.mutateAsync({ params: { id: memberId }, body: { phone, code: code.trim() }, idempotencyKey })
      }
      onClose={onClose}
    >
      <p className="soft">{words.why}</p>
      <NewNumber memberId={memberId} />
      <TextField name="code" label={words.code} max={6} />
    </ActionDialog>
  );
}

function NewNumber({ memberId }: Pick<Props, 'memberId'>) {
  const words = useWords(numberWords);
  const kit = useWords(kitWords);
  const form = Form.useFormInstance<Values>();
  const phone = Form.useWatch('phone', form) ?? '';
  const [sent, setSent] = useState({ phone: '', nextAt: 0 });
  const seconds = useSecondsUntil(sent.phone === phone ? sent.nextAt : 0);
  const send = useCommand('POST /v1/members/{id}/phone-code');
  const ask = () =>
    send.mutate(
      { params: { id: memberId }, body: { phone } },
      { onSuccess: ({ body }) => setSent({ phone, nextAt: Date.now() + body.nextIn * 1_000 }) },
    );
  return (
    <>
      <Form.Item
        name="phone"
        label={words.phone}
        rules={[{ required: true, whitespace: true, message: kit.required }]}
      >
        <Input type="tel" maxLength={40} autoComplete="off" />
      </Form.Item>
      <Form.Item extra={sent.phone !== '' && sent.phone === phone ? words.sent : undefined}>
        <Button loading={send.isPending} disabled={phone.trim() === '' || seconds > 0} onClick={ask}>
          {seconds > 0 ? words.againIn(seconds) : words.send}
        </Button>
        <ErrorNote error={send.error} />
      </Form.Item>
    </>
  );
}
