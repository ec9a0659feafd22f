import { Button, Form, Radio, Select } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { type Column, momentColumn, textColumn } from '../kit/columns.tsx';
import { TextField } from '../kit/fields.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { Page } from '../kit/Page.tsx';
import { kitWords } from '../words.ts';
import { roleWords, staffWords } from './words.ts';

type Member = ItemOf<'GET /v1/staff'>;

export function StaffPage() {
  const words = useWords(staffWords);
  const may = useMay('people.write');
  const [editing, setEditing] = useState<Member | 'new'>();
  const add = may ? (
    <Button type="primary" onClick={() => setEditing('new')}>
      {words.add}
    </Button>
  ) : null;
  return (
    <Guarded by="people.read">
      <Page title={words.title} lead={words.lead} actions={add}>
        <ListTable
          name="GET /v1/staff"
          parts={{}}
          columns={useStaffColumns(may ? setEditing : undefined)}
          rowKey={({ id }) => id}
          filename="staff"
          empty={<Nothing text={words.nothing} action={add} />}
        />
        {editing === undefined ? null : (
          <MemberDialog
            member={editing === 'new' ? undefined : editing}
            onClose={() => setEditing(undefined)}
          />
        )}
      </Page>
    </Guarded>
  );
}

function useStaffColumns(onEdit?: (member: Member) => void): readonly Column<Member>[] {
  const words = useWords(staffWords);
  const kit = useWords(kitWords);
  const roles = useWords(roleWords);
  return [
    textColumn({ key: 'name', title: words.name }, ({ name }) => name),
    textColumn({ key: 'role', title: words.role }, ({ role }) => roles[role]),
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => (
        <span className={`mark ${state === 'active' ? 'good' : 'quiet'}`}>{words[state]}</span>
      ),
      cell: ({ state }) => words[state],
    },
    momentColumn({ key: 'created', title: kit.created }, ({ createdAt }) => createdAt),
    {
      key: 'edit',
      title: '',
      show: (member) =>
        onEdit ? (
          <Button type="link" size="small" onClick={() => onEdit(member)}>
            {words.edit}
          </Button>
        ) : null,
      cell: () => null,
    },
  ];
}

function MemberDialog({
  member,
  onClose,
}: {
  readonly member: Member | undefined;
  readonly onClose: () => void;
}) {
  const words = useWords(staffWords);
  const roles = useWords(roleWords);
  const create = useCommand('POST /v1/staff');
  const update = useCommand('PATCH /v1/staff/{id}');
  const choices = Object.entries(roles).filter(([role]) => role !== 'public');
  return (
    <ActionDialog<Pick<Member, 'name' | 'role' | 'state'>, unknown>
      title={member?.name ?? words.add}
      action={member === undefined ? words.add : words.edit}
      initial={member ?? { role: 'clerk' }}
      submit={({ name, role, state }) =>
        member === undefined
          ? create.mutateAsync({ body: { name, role } })
          : update.mutateAsync({ params: { id: member.id }, body: { name, role, state } })
      }
      onClose={onClose}
    >
      <TextField name="name" label={words.name} />
      <Form.Item name="role" label={words.role}>
        <Select options={choices.map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      {member === undefined ? null : (
        <Form.Item name="state" label={words.state}>
          <Radio.Group
            optionType="button"
            options={[
              { value: 'active', label: words.active },
              { value: 'left', label: words.left },
            ]}
          />
        </Form.Item>
      )}
    </ActionDialog>
  );
}
