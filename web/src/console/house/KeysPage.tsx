import { Alert, Button, Form, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import type { AnswerOf, ItemOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { type Column, Moment, momentColumn, textColumn } from '../kit/columns.tsx';
import { TextField } from '../kit/fields.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { ErrorNote, Guarded, Nothing } from '../kit/Notes.tsx';
import { useStoreName, useStores } from '../kit/names.ts';
import { Page } from '../kit/Page.tsx';
import { Secret } from '../kit/Secret.tsx';
import { kitWords } from '../words.ts';
import { keyWords, roleWords } from './words.ts';

type Key = ItemOf<'GET /v1/api-keys'>;
type Role = NonNullable<Key['role']>;

export function KeysPage() {
  const words = useWords(keyWords);
  const may = useMay('people.write');
  const [isAdding, setAdding] = useState(false);
  const revoke = useCommand('POST /v1/api-keys/{id}/revoke');
  const add = may ? (
    <Button type="primary" onClick={() => setAdding(true)}>
      {words.add}
    </Button>
  ) : null;
  return (
    <Guarded by="people.read">
      <Page title={words.title} lead={words.lead} actions={add}>
        <ErrorNote error={revoke.error} />
        <ListTable
          name="GET /v1/api-keys"
          parts={{}}
          columns={useKeyColumns(may ? ({ id }) => revoke.mutate({ params: { id }, body: {} }) : undefined)}
          rowKey={({ id }) => id}
          filename="api-keys"
          empty={<Nothing text={words.nothing} action={add} />}
        />
        {isAdding ? <KeyDialog onClose={() => setAdding(false)} /> : null}
      </Page>
    </Guarded>
  );
}

function useKeyColumns(onRevoke?: (key: Key) => void): readonly Column<Key>[] {
  const words = useWords(keyWords);
  const kit = useWords(kitWords);
  const roles = useWords(roleWords);
  const storeName = useStoreName();
  const storesText = ({ storeIds }: Key) =>
    storeIds === null ? words.allStores : storeIds.map((id) => storeName(id)).join(', ');
  return [
    textColumn({ key: 'name', title: words.name }, ({ name }) => name),
    {
      key: 'prefix',
      title: words.starts,
      show: ({ prefix }) => <span className="mono">{prefix}…</span>,
      cell: ({ prefix }) => prefix,
    },
    textColumn({ key: 'role', title: words.role }, ({ role }) => (role === null ? null : roles[role])),
    textColumn({ key: 'stores', title: words.stores }, storesText),
    {
      key: 'used',
      title: words.used,
      show: ({ lastUsedAt }) =>
        lastUsedAt === null ? <span className="soft">{words.never}</span> : <Moment at={lastUsedAt} />,
      cell: ({ lastUsedAt }) => lastUsedAt,
    },
    momentColumn({ key: 'expires', title: words.expires }, ({ expiresAt }) => expiresAt),
    {
      key: 'state',
      title: words.state,
      show: ({ revokedAt }) => (
        <span className={`mark ${revokedAt === null ? 'good' : 'quiet'}`}>
          {revokedAt === null ? words.active : words.revoked}
        </span>
      ),
      cell: ({ revokedAt }) => (revokedAt === null ? words.active : words.revoked),
    },
    {
      key: 'revoke',
      title: '',
      show: (key) =>
        onRevoke && key.revokedAt === null ? (
          <Popconfirm
            title={words.revokeWhy}
            okText={words.revoke}
            cancelText={kit.cancel}
            onConfirm={() => onRevoke(key)}
          >
            <Button type="link" size="small" danger>
              {words.revoke}
            </Button>
          </Popconfirm>
        ) : null,
      cell: () => null,
    },
  ];
}

type Values = { readonly name: string; readonly role: Role; readonly storeIds?: string[] };

function KeyDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(keyWords);
  const roles = useWords(roleWords);
  const stores = useStores();
  const create = useCommand('POST /v1/api-keys');
  return (
    <ActionDialog<Values, AnswerOf<'POST /v1/api-keys'>>
      title={words.add}
      action={words.add}
      initial={{ role: 'clerk' }}
      submit={({ name, role, storeIds = [] }, idempotencyKey) => {
        const kind = role === 'public' ? ('public' as const) : ('secret' as const);
        const limits = storeIds.length === 0 ? {} : { storeIds };
        return create.mutateAsync({ body: { kind, name, role, ...limits }, idempotencyKey });
      }}
      onClose={onClose}
      showsWaiting
      done={({ key }) => (
        <>
          <Alert type="warning" showIcon title={words.once} />
          {key === null ? null : <Secret label={words.secret} text={key} />}
        </>
      )}
    >
      <TextField name="name" label={words.name} hint={words.nameHint} />
      <Form.Item name="role" label={words.role}>
        <Select options={Object.entries(roles).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item name="storeIds" label={words.stores}>
        <Select
          mode="multiple"
          placeholder={words.allStores}
          showSearch={{ optionFilterProp: 'label' }}
          options={stores.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
    </ActionDialog>
  );
}
