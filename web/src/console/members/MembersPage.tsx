import { useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
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
import { memberWords } from './words.ts';

type Member = ItemOf<'GET /v1/members'>;

/** Customers by their phone number, which is looked for but stands in no address. */
export function MembersPage() {
  const words = useWords(memberWords);
  const navigate = useNavigate();
  const may = useMay('members.write');
  const [phone, setPhone] = useState('');
  const [isAdding, setAdding] = useState(false);
  const add = may ? (
    <Button type="primary" onClick={() => setAdding(true)}>
      {words.add}
    </Button>
  ) : null;
  return (
    <Guarded by="members.read">
      <Page title={words.title} lead={words.lead} actions={add}>
        <ListTable
          name="GET /v1/members"
          parts={{ query: { phone: phone === '' ? undefined : phone } }}
          columns={useMemberColumns()}
          rowKey={({ id }) => id}
          filename="members"
          empty={<Nothing text={words.nothing} />}
          onOpen={({ id }) => void navigate({ to: '/members/$id', params: { id } })}
          filters={
            <Input.Search
              className="filter wide"
              aria-label={words.phone}
              placeholder={words.phoneHint}
              allowClear
              inputMode="tel"
              onSearch={(text) => setPhone(text.replaceAll(/\s/g, ''))}
            />
          }
        />
        {isAdding ? <EnrolDialog onClose={() => setAdding(false)} /> : null}
      </Page>
    </Guarded>
  );
}

function useMemberColumns(): readonly Column<Member>[] {
  const words = useWords(memberWords);
  return [
    textColumn({ key: 'phone', title: words.phone }, ({ phone }) => phone),
    textColumn({ key: 'name', title: words.name }, ({ name }) => name),
    textColumn({ key: 'email', title: words.email }, ({ email }) => email),
    momentColumn({ key: 'since', title: words.since }, ({ createdAt }) => createdAt),
  ];
}

function EnrolDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(memberWords);
  const enrol = useCommand('POST /v1/members');
  return (
    <ActionDialog<{ phone: string; name?: string }, unknown>
      title={words.add}
      action={words.add}
      submit={({ phone, name = '' }, idempotencyKey) => {
        const named = name.trim() === '' ? {} : { name: name.trim() };
        return enrol.mutateAsync({ body: { phone: phone.trim(), ...named }, idempotencyKey });
      }}
      onClose={onClose}
    >
      <TextField name="phone" label={words.phone} max={20} />
      <TextField name="name" label={words.name} optional max={100} />
    </ActionDialog>
  );
}
