import { Alert, Button, Checkbox, Collapse, Form, Skeleton } from 'antd';
import { useState } from 'react';
import type { AnswerOf, BodyOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { usePermissionSentence } from '../../ui/permissions.ts';
import { useMay, useSession } from '../../ui/session.ts';
import { useLanguage, useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { TextField } from '../kit/fields.tsx';
import { Failed, Guarded, Nothing } from '../kit/Notes.tsx';
import { Page, Panel } from '../kit/Page.tsx';
import { PermissionList } from './PermissionList.tsx';
import { rolePageWords } from './words.ts';

type Role = AnswerOf<'GET /v1/roles'>['items'][number];
type Permissions = BodyOf<'POST /v1/roles'>['permissions'];

/** What each kind of job may do: the built-in ones, and those put together here. */
export function RolesPage() {
  const words = useWords(rolePageWords);
  const may = useMay('people.write');
  const [open, setOpen] = useState<{ readonly role?: Role }>();
  const add = may ? (
    <Button type="primary" onClick={() => setOpen({})}>
      {words.add}
    </Button>
  ) : null;
  return (
    <Guarded by="people.read">
      <Page title={words.title} lead={words.lead} actions={add}>
        <Roles onEdit={may ? (role) => setOpen({ role }) : undefined} />
        {open ? <RoleDialog {...open} onClose={() => setOpen(undefined)} /> : null}
      </Page>
    </Guarded>
  );
}

function Roles({ onEdit }: { readonly onEdit: ((role: Role) => void) | undefined }) {
  const words = useWords(rolePageWords);
  const language = useLanguage();
  const { data, error, refetch } = useAsk('GET /v1/roles', {});
  if (error && !data) return <Failed error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  return (
    <>
      <Panel title={words.own}>
        {data.items.length === 0 ? <Nothing text={words.nothing} /> : null}
        <Collapse
          ghost
          items={data.items.map((role) => ({
            key: role.id,
            label: <RoleLabel name={role.name} count={role.permissions.length} />,
            extra: onEdit ? (
              <Button
                size="small"
                onClick={(event) => {
                  event.stopPropagation();
                  onEdit(role);
                }}
              >
                {words.edit}
              </Button>
            ) : null,
            children: <PermissionList permissions={role.permissions} />,
          }))}
        />
      </Panel>
      <Panel title={words.builtIn}>
        <Collapse
          ghost
          items={data.builtIn.map(({ role, name, permissions }) => ({
            key: role,
            label: <RoleLabel name={name[language]} count={permissions.length} />,
            children: <PermissionList permissions={permissions} />,
          }))}
        />
      </Panel>
    </>
  );
}

function RoleLabel({ name, count }: { readonly name: string; readonly count: number }) {
  const words = useWords(rolePageWords);
  return (
    <>
      <strong>{name}</strong> <span className="soft small">{words.many(count)}</span>
    </>
  );
}

type Values = { readonly name: string; readonly permissions: Permissions };

function RoleDialog({ role, onClose }: { readonly role?: Role; readonly onClose: () => void }) {
  const words = useWords(rolePageWords);
  const sentence = usePermissionSentence();
  const held = useSession().permissions;
  const create = useCommand('POST /v1/roles');
  const update = useCommand('PATCH /v1/roles/{id}');
  return (
    <ActionDialog<Values, unknown>
      title={role?.name ?? words.add}
      action={role ? words.edit : words.add}
      initial={role ? { name: role.name, permissions: role.permissions } : { permissions: [] }}
      submit={(body, idempotencyKey) =>
        role
          ? update.mutateAsync({ params: { id: role.id }, body, idempotencyKey })
          : create.mutateAsync({ body, idempotencyKey })
      }
      onClose={onClose}
    >
      <TextField name="name" label={words.name} max={60} />
      <Alert className="explain" type="info" title={words.onlyHeld} />
      <Form.Item
        name="permissions"
        label={words.permissions}
        // By `required` the group itself would be said to be required, which a group cannot be.
        rules={[{ validator: (_rule, chosen: unknown) => isSome(chosen, words.choose) }]}
      >
        <Checkbox.Group
          className="permission-boxes"
          options={held.map((permission) => ({ value: permission, label: sentence(permission) }))}
        />
      </Form.Item>
    </ActionDialog>
  );
}

function isSome(chosen: unknown, otherwise: string): Promise<void> {
  if (Array.isArray(chosen) && chosen.length > 0) return Promise.resolve();
  return Promise.reject(new Error(otherwise));
}
