import { useNavigate } from '@tanstack/react-router';
import { Form, Radio } from 'antd';
import { type AnswerOf, ask } from '../../api/client.ts';
import { Icon } from '../../ui/icons.tsx';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { importWords } from './words.ts';

type Values = { readonly kind: 'members' | 'goods'; readonly file: File };
type Made = AnswerOf<'POST /v1/imports'>;

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What browsers say of a file depends on what is installed; its name tells. */
const typed = (file: File): Blob =>
  new Blob([file], { type: file.name.toLowerCase().endsWith('.xlsx') ? xlsx : 'text/csv' });

/** Sends a file in, and goes to where it is looked through. */
export function UploadDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(importWords);
  const navigate = useNavigate();
  return (
    <ActionDialog<Values, Made>
      title={words.add}
      action={words.add}
      initial={{ kind: 'members' }}
      submit={async ({ kind, file }, idempotencyKey) => {
        const query = { kind, fileName: file.name.slice(-200) };
        const answered = await ask('POST /v1/imports', { query, idempotencyKey }, undefined, typed(file));
        void navigate({ to: '/imports/$id', params: { id: answered.body.id } });
        return answered;
      }}
      onClose={onClose}
    >
      <Form.Item name="kind" label={words.kind}>
        <Radio.Group
          options={(['members', 'goods'] as const).map((value) => ({ value, label: words[value] }))}
        />
      </Form.Item>
      <Form.Item
        name="file"
        label={words.file}
        extra={words.fileHint}
        rules={[{ required: true, message: words.chooseFirst }]}
        valuePropName="chosen"
      >
        <FileField />
      </Form.Item>
      <p className="soft small">{words.kept}</p>
    </ActionDialog>
  );
}

type FieldProps = {
  readonly id?: string;
  readonly chosen?: File;
  readonly onChange?: (file: File | undefined) => void;
};

/** A file of this computer, in our words and not in the browser's; its form hands the value in. */
function FileField({ id, chosen, onChange }: FieldProps) {
  const words = useWords(importWords);
  return (
    <span className="file-field">
      <input
        id={id}
        type="file"
        accept={`.csv,.xlsx,text/csv,${xlsx}`}
        onChange={({ target }) => onChange?.(target.files?.[0])}
      />
      <Icon name="import" />
      <span>{chosen?.name ?? words.choose}</span>
    </span>
  );
}
