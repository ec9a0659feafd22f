import { Form, Input, InputNumber, Select } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { useLanguage, useWords } from '../../ui/words.ts';
import { TextField } from '../kit/fields.tsx';
import { profileWords } from './words.ts';

/** A field of the merchant's own. */
export type Field = AnswerOf<'GET /v1/member-fields'>['fields'][number];

/** What is filled in of a member besides who they are. */
export type ProfileValues = {
  readonly tags?: string[];
  readonly birthday?: string;
  readonly fields?: Record<string, string | number | null | undefined>;
};

/** Tags, the birthday and the merchant's own fields, to be filled in. */
export function ProfileFields({ fields }: { readonly fields: readonly Field[] }) {
  const words = useWords(profileWords);
  const known = useAsk('GET /v1/member-tags', {});
  return (
    <>
      <Form.Item name="tags" label={words.tags} extra={words.tagsHint}>
        <Select
          mode="tags"
          tokenSeparators={[',', '，', '、']}
          maxCount={20}
          options={(known.data?.items ?? []).map(({ tag }) => ({ value: tag, label: tag }))}
        />
      </Form.Item>
      <TextField name="birthday" label={words.birthday} hint={words.birthdayHint} optional max={10} />
      {fields.map((field) => (
        <ValueField key={field.key} field={field} />
      ))}
    </>
  );
}

/** The tags that were filled in. */
export function tagsIn({ tags = [] }: ProfileValues): string[] {
  return tags.map((tag) => tag.trim()).filter((tag) => tag !== '');
}

/** What was filled in; a field that was left empty is not kept. */
export function filledIn(values: ProfileValues['fields'] = {}): Record<string, string | number> {
  const kept: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(values)) {
    const said = typeof value === 'string' ? value.trim() : value;
    if (said !== '' && said !== null && said !== undefined) kept[key] = said;
  }
  return kept;
}

function ValueField({ field: { key, label, kind, choices } }: { readonly field: Field }) {
  const language = useLanguage();
  const name = ['fields', key];
  const shown = label[language];
  if (kind === 'text') return <TextField name={name} label={shown} optional />;
  return (
    <Form.Item name={name} label={shown}>
      {kind === 'choice' ? (
        <Select allowClear options={choices.map((choice) => ({ value: choice, label: choice }))} />
      ) : kind === 'number' ? (
        <InputNumber precision={0} style={{ width: '100%' }} />
      ) : (
        <Input type="date" />
      )}
    </Form.Item>
  );
}
