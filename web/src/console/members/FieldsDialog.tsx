import { Button, Form, Input, Select } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { Icon } from '../../ui/icons.tsx';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { TextField } from '../kit/fields.tsx';
import { ErrorNote } from '../kit/Notes.tsx';
import { profileWords } from './words.ts';

type Field = AnswerOf<'GET /v1/member-fields'>['fields'][number];
type Drafted = {
  readonly key?: string;
  readonly zh: string;
  readonly en: string;
  readonly kind: Field['kind'];
  readonly choices?: string[];
};
type Draft = { readonly fields?: Drafted[] };

const fieldsMax = 20;

/** Lays down what is kept of each member besides. */
export function FieldsDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(profileWords);
  const { data, error } = useAsk('GET /v1/member-fields', {});
  const set = useCommand('POST /v1/member-fields');
  if (!data) return error ? <ErrorNote error={error} /> : null;
  const drafted = data.fields.map(
    ({ key, label, kind, choices }): Drafted => ({ key, ...label, kind, choices: [...choices] }),
  );
  return (
    <ActionDialog<Draft, unknown>
      title={words.ownFields}
      action={words.save}
      initial={{ fields: drafted }}
      submit={({ fields = [] }, idempotencyKey) => {
        const taken = new Set(fields.flatMap(({ key }) => (key === undefined ? [] : [key])));
        return set.mutateAsync({
          body: { fields: fields.map((one) => laidDown(one, taken)) },
          idempotencyKey,
        });
      }}
      onClose={onClose}
    >
      <p className="under">{words.ownFieldsWhy}</p>
      <Form.List name="fields">
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }) => (
              <OneField key={key} place={name} onRemove={() => remove(name)} />
            ))}
            {rows.length < fieldsMax ? (
              <Button onClick={() => add({ kind: 'text' })}>{words.addField}</Button>
            ) : null}
          </>
        )}
      </Form.List>
    </ActionDialog>
  );
}

/** A field as the server keeps it; one that is new gets a key that no other has. */
function laidDown({ key, zh, en, kind, choices = [] }: Drafted, taken: Set<string>) {
  const label = { zh: zh.trim(), en: en.trim() };
  return { key: key ?? newKeyFor(label.en, taken), label, kind, choices: kind === 'choice' ? choices : [] };
}

function newKeyFor(label: string, taken: Set<string>): string {
  const word = label
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '')
    .slice(0, 26);
  const wanted = word === '' ? 'field' : word;
  let free = wanted;
  for (let nth = 2; taken.has(free); nth++) free = `${wanted}_${nth}`;
  taken.add(free);
  return free;
}

function OneField({ place, onRemove }: { readonly place: number; readonly onRemove: () => void }) {
  const words = useWords(profileWords);
  const form = Form.useFormInstance<Draft>();
  const kind: unknown = Form.useWatch(['fields', place, 'kind'], form);
  return (
    <div className="field-rows">
      <Form.Item name={[place, 'key']} hidden>
        <Input />
      </Form.Item>
      <TextField name={[place, 'zh']} label={words.labelZh} max={40} />
      <TextField name={[place, 'en']} label={words.labelEn} max={40} />
      <Form.Item name={[place, 'kind']} label={words.kind}>
        <Select
          options={(['text', 'number', 'date', 'choice'] as const).map((one) => ({
            value: one,
            label: words[one],
          }))}
        />
      </Form.Item>
      <Button
        type="text"
        aria-label={words.removeField}
        icon={<Icon name="cross" size={16} />}
        onClick={onRemove}
      />
      {kind === 'choice' ? (
        <Form.Item
          name={[place, 'choices']}
          label={words.choices}
          className="all-across"
          rules={[{ required: true, message: words.choicesRequired }]}
        >
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', '、']} />
        </Form.Item>
      ) : null}
    </div>
  );
}
