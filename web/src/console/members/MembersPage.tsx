import { useNavigate } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { namedBy } from '../../ui/members/namedBy.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { type Column, momentColumn, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { Page } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { EnrolDialog } from './EnrolDialog.tsx';
import { FieldsDialog } from './FieldsDialog.tsx';
import { memberWords, profileWords } from './words.ts';

type Member = ItemOf<'GET /v1/members'>;

/** Customers by their phone number, which is looked for but stands in no address. */
export function MembersPage() {
  const words = useWords(memberWords);
  const profile = useWords(profileWords);
  const navigate = useNavigate();
  const may = useMay('members.write');
  const [phone, setPhone] = useState('');
  const [isAdding, setAdding] = useState(false);
  const mayLayDown = useMay('settings.write');
  const [isLayingDown, setLayingDown] = useState(false);
  const { values, set } = useFilters(['tag']);
  const add = (
    <>
      {mayLayDown ? <Button onClick={() => setLayingDown(true)}>{profile.ownFields}</Button> : null}
      {may ? (
        <Button type="primary" onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      ) : null}
    </>
  );
  return (
    <Guarded by="members.read">
      <Page title={words.title} lead={words.lead} actions={add}>
        <ListTable
          name="GET /v1/members"
          parts={{ query: { ...(phone === '' ? {} : namedBy(phone)), tag: values.tag } }}
          columns={useMemberColumns()}
          rowKey={({ id }) => id}
          filename="members"
          empty={<Nothing text={words.nothing} />}
          onOpen={({ id }) => void navigate({ to: '/members/$id', params: { id } })}
          filters={
            <>
              <Input.Search
                className="filter wide"
                aria-label={words.phone}
                placeholder={words.phoneHint}
                allowClear
                onSearch={(text) => setPhone(text.replaceAll(/\s/g, ''))}
              />
              <TagFilter tag={values.tag} onChange={(tag) => set({ tag })} />
            </>
          }
        />
        {isLayingDown ? <FieldsDialog onClose={() => setLayingDown(false)} /> : null}
        {isAdding ? <EnrolDialog onClose={() => setAdding(false)} /> : null}
      </Page>
    </Guarded>
  );
}

function TagFilter({
  tag,
  onChange,
}: {
  readonly tag: string | undefined;
  readonly onChange: (tag: string | undefined) => void;
}) {
  const words = useWords(profileWords);
  const known = useAsk('GET /v1/member-tags', {}).data?.items ?? [];
  if (known.length === 0 && tag === undefined) return null;
  return (
    <Select
      className="filter"
      aria-label={words.tags}
      showSearch={{ optionFilterProp: 'label' }}
      value={tag ?? ''}
      onChange={(wanted: string) => onChange(wanted === '' ? undefined : wanted)}
      options={[
        { value: '', label: words.anyTag },
        ...known.map((one) => ({ value: one.tag, label: `${one.tag} · ${one.members}` })),
      ]}
    />
  );
}

function useMemberColumns(): readonly Column<Member>[] {
  const words = useWords(memberWords);
  const profile = useWords(profileWords);
  return [
    textColumn({ key: 'phone', title: words.phone }, ({ phone }) => phone),
    textColumn({ key: 'name', title: words.name }, ({ name }) => name),
    textColumn({ key: 'cardNumber', title: words.cardNumber }, ({ cardNumber }) => cardNumber),
    textColumn({ key: 'tags', title: profile.tags }, ({ tags }) => tags.join(' · ')),
    textColumn({ key: 'email', title: words.email }, ({ email }) => email),
    momentColumn({ key: 'since', title: words.since }, ({ createdAt }) => createdAt),
  ];
}
