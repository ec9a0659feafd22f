import { Button, Skeleton, Tag } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useLanguage, useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { Failed } from '../kit/Notes.tsx';
import { Facts, Panel } from '../kit/Page.tsx';
import { type Field, filledIn, ProfileFields, type ProfileValues, tagsIn } from './ProfileFields.tsx';
import { profileWords } from './words.ts';

type Member = AnswerOf<'GET /v1/members/{id}'>;

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
  const update = useCommand('PATCH /v1/members/{id}');
  const { id, tags, birthday } = member;
  return (
    <ActionDialog<ProfileValues, unknown>
      title={words.profile}
      action={words.save}
      initial={{ tags: [...tags], birthday: birthday ?? '', fields: { ...member.fields } }}
      submit={(values, idempotencyKey) => {
        const body = {
          tags: tagsIn(values),
          birthday: values.birthday?.trim() || null,
          ...(fields.length === 0 ? {} : { fields: filledIn(values.fields) }),
        };
        return update.mutateAsync({ params: { id }, body, idempotencyKey });
      }}
      onClose={onClose}
    >
      <ProfileFields fields={fields} />
    </ActionDialog>
  );
}
