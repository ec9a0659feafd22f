import { Button, Form, Input, InputNumber, Select, Skeleton, Tag } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useLanguage, useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { TextField } from '../kit/fields.tsx';
import { Failed } from '../kit/Notes.tsx';
import { Facts, Panel } from '../kit/Page.tsx';
import { profileWords } from './words.ts';

type Member = AnswerOf<'GET /v1/members/{id}'>;
type Field = AnswerOf<'GET /v1/member-fields'>['fields'][number];

/** What staff keep of a member besides: tags, the birthday, and the merchant's own fields. */
export function ProfilePanel({ member }: { readonly member: Member }) {
  const words = useWords(profileWords);
  const language = useLanguage();
  const may = useMay('members.write');
  const [isChanging, setChanging] = useState(false);
  const { data, error, refetch } = useAsk('GET /v1/member-fields', {});
  if (!data)
    return (
      <Panel title={words.profile}>
        {error ? <Failed error={error} again={() => void refetch()} /> : <Skeleton active />}
      </Panel>
    );
  const change = may ? (
    <Button size="small" onClick={() => setChanging(true)}>
      {words.change}
    </Button>
  ) : undefined;
  const kept = data.fields.map(({ key, label }): [string, string] => [
    label[language],
    String(member.fields[key] ?? '–'),
  ]);
  return (
    <Panel title={words.profile} extra={change}>
      <Facts
        items={[
          [words.tags, <Tags key="tags" tags={member.tags} />],
          [words.birthday, member.birthday ?? '–'],
          ...kept,
        ]}
      />
      {isChanging ? (
        <ProfileDialog member={member} fields={data.fields} onClose={() => setChanging(false)} />
      ) : null}
    </Panel>
  );
}

/** Tags side by side; a dash where there are none. */
function Tags({ tags }: { readonly tags: readonly string[] }) {
  if (tags.length === 0) return '–';
  return tags.map((tag) => (
    <Tag key={tag} style={{ marginInlineEnd: 4 }}>
      {tag}
    </Tag>
  ));
}

type Values = {
  readonly tags?: string[];
  readonly birthday?: string;
  readonly fields?: Record<string, string | number | null | undefined>;
};

function ProfileDialog({
  member,
  fields,
  onClose,
}: {
  readonly member: Member;
  readonly fields: readonly Field[];
  readonly onClose: () => void;
}) {
  const words = useWords(profileWords);
  const known = useAsk('GET /v1/member-tags', {});
  const update = useCommand('PATCH /v1/members/{id}');
  const { id, tags, birthday } = member;
  return (
    <ActionDialog<Values, unknown>
      title={words.profile}
      action={words.save}
      initial={{ tags: [...tags], birthday: birthday ?? '', fields: { ...member.fields } }}
      submit={(values, idempotencyKey) => {
        const body = {
          tags: (values.tags ?? []).map((tag) => tag.trim()).filter((tag) => tag !== ''),
          birthday: values.birthday?.trim() || null,
          ...(fields.length === 0 ? {} : { fields: filledIn(values.fields) }),
        };
        return update.mutateAsync({ params: { id }, body, idempotencyKey });
      }}
      onClose={onClose}
    >
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
    </ActionDialog>
  );
}

/** What was filled in; a field that was left empty is not kept. */
function filledIn(values: Values['fields'] = {}): Record<string, string | number> {
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
