import { Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { ask } from '../../../api/client.ts';
import { useCommand } from '../../../ui/asking.ts';
import { useWords } from '../../../ui/words.ts';
import { ActionDialog } from '../../kit/ActionDialog.tsx';
import { ErrorNote } from '../../kit/Notes.tsx';
import { kitWords } from '../../words.ts';
import { MergePreview, type Preview } from './MergePreview.tsx';
import { mergeReasonWords, mergeWords } from './words.ts';

const reasons = ['imported', 'enrolled_twice', 'new_number', 'other'] as const;
type Values = { readonly phone: string; readonly intoId: string; readonly reason: (typeof reasons)[number] };
type Props = { readonly memberId: string; readonly onClose: () => void };

/** Makes this member part of another: who asks sees first what will happen, and so does the second person. */
export function MergeDialog({ memberId, onClose }: Props) {
  const words = useWords(mergeWords);
  const reasonNames = useWords(mergeReasonWords);
  const merge = useCommand('POST /v1/members/{id}/merge');
  return (
    <ActionDialog<Values, unknown>
      title={words.title}
      action={words.merge}
      danger
      initial={{ reason: 'enrolled_twice' }}
      submit={({ intoId, reason }, idempotencyKey) =>
        merge.mutateAsync({ params: { id: memberId }, body: { intoId, reason }, idempotencyKey })
      }
      onClose={onClose}
    >
      <p className="soft explain">{words.why}</p>
      <Other memberId={memberId} />
      <Form.Item name="reason" label={words.reason}>
        <Radio.Group>
          {reasons.map((reason) => (
            <Radio key={reason} value={reason}>
              {reasonNames[reason]}
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
    </ActionDialog>
  );
}

/** The member who stays, found by their number, and what merging into them comes to. */
function Other({ memberId }: Pick<Props, 'memberId'>) {
  const words = useWords(mergeWords);
  const kit = useWords(kitWords);
  const form = Form.useFormInstance<Values>();
  const phone = Form.useWatch('phone', form) ?? '';
  const look = useLook(memberId, (intoId) => {
    form.setFieldValue('intoId', intoId);
    if (intoId !== undefined) void form.validateFields(['intoId']);
  });
  return (
    <>
      <Form.Item
        name="phone"
        label={words.phone}
        extra={words.phoneHint}
        rules={[{ required: true, whitespace: true, message: kit.required }]}
      >
        <Input
          type="tel"
          maxLength={40}
          autoComplete="off"
          onChange={look.forget}
          onPressEnter={(event) => {
            event.preventDefault();
            void look.run(event.currentTarget.value);
          }}
        />
      </Form.Item>
      <Button loading={look.busy} disabled={phone.trim() === ''} onClick={() => void look.run(phone)}>
        {words.look}
      </Button>
      <Form.Item name="intoId" rules={[{ required: true, message: words.lookFirst }]}>
        <input type="hidden" />
      </Form.Item>
      {look.isNobody ? <p role="status">{words.nobody}</p> : null}
      <ErrorNote error={look.error} />
      {look.preview ? <MergePreview preview={look.preview} /> : null}
    </>
  );
}

type Look = {
  readonly busy?: boolean;
  readonly isNobody?: boolean;
  readonly error?: Error;
  readonly preview?: Preview;
};

/** Looks the other one up, and what would happen. `tell` hears who it is; undefined: nobody yet, or something is against it. */
function useLook(memberId: string, tell: (intoId: string | undefined) => void) {
  const [{ busy = false, isNobody = false, error = null, preview }, setLook] = useState<Look>({});
  const forget = () => {
    setLook({});
    tell(undefined);
  };
  const run = async (phone: string) => {
    setLook({ busy: true });
    tell(undefined);
    try {
      const found = await ask('GET /v1/members', { query: { phone } });
      const into = found.body.items[0];
      if (into === undefined) {
        setLook({ isNobody: true });
        return;
      }
      const asked = { params: { id: memberId }, body: { intoId: into.id } };
      const { body } = await ask('POST /v1/members/{id}/merge-preview', asked);
      setLook({ preview: body });
      if (body.against.length === 0) tell(into.id);
    } catch (cause) {
      setLook({ error: cause instanceof Error ? cause : new Error(String(cause)) });
    }
  };
  return { busy, isNobody, error, preview, forget, run };
}
