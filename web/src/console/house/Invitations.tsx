import { Button, Space } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { type Column, momentColumn, textColumn } from '../kit/columns.tsx';
import { Dialog } from '../kit/Dialog.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { ErrorNote } from '../kit/Notes.tsx';
import { kitWords } from '../words.ts';
import { useRoleName } from './roles.ts';
import { LinkOnce } from './StaffDialogs.tsx';
import { staffWords } from './words.ts';

type Invitation = ItemOf<'GET /v1/staff/invitations'>;

const tones = { open: 'look', accepted: 'good', revoked: 'quiet', expired: 'quiet' } as const;

/** Who was invited, and what came of it. */
export function Invitations() {
  const words = useWords(staffWords);
  const kit = useWords(kitWords);
  const may = useMay('people.write');
  const [link, setLink] = useState<string | null>();
  const resend = useCommand('POST /v1/staff/invitations/{id}/resend');
  const revoke = useCommand('POST /v1/staff/invitations/{id}/revoke');
  const onResend = ({ id }: Invitation) =>
    resend.mutate({ params: { id }, body: {} }, { onSuccess: ({ body }) => setLink(body.link) });
  const onRevoke = ({ id }: Invitation) => revoke.mutate({ params: { id }, body: {} });
  const close = () => setLink(undefined);
  return (
    <>
      <div className="page-head second">
        <h2>{words.invitations}</h2>
      </div>
      <ErrorNote error={resend.error ?? revoke.error} />
      <ListTable
        name="GET /v1/staff/invitations"
        parts={{}}
        columns={useInvitationColumns(may ? { onResend, onRevoke } : undefined)}
        rowKey={({ id }) => id}
        filename="invitations"
      />
      {link === undefined ? null : (
        <Dialog
          title={words.link}
          onCancel={close}
          onOk={close}
          okText={kit.done}
          cancelButtonProps={{ hidden: true }}
        >
          <LinkOnce link={link} />
        </Dialog>
      )}
    </>
  );
}

type Verbs = { readonly onResend: (one: Invitation) => void; readonly onRevoke: (one: Invitation) => void };

function useInvitationColumns(verbs: Verbs | undefined): readonly Column<Invitation>[] {
  const words = useWords(staffWords);
  const roleName = useRoleName();
  return [
    textColumn({ key: 'name', title: words.name }, ({ name }) => name),
    textColumn({ key: 'login', title: words.login }, ({ login }) => login),
    textColumn({ key: 'role', title: words.role }, roleName),
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => <span className={`mark ${tones[state]}`}>{words[state]}</span>,
      cell: ({ state }) => words[state],
    },
    momentColumn({ key: 'expires', title: words.expires }, ({ expiresAt }) => expiresAt),
    {
      key: 'verbs',
      title: '',
      show: (one) =>
        verbs && one.state !== 'accepted' ? (
          <Space size={0}>
            <Button type="link" size="small" onClick={() => verbs.onResend(one)}>
              {words.resend}
            </Button>
            {one.state === 'open' ? (
              <Button type="link" size="small" danger onClick={() => verbs.onRevoke(one)}>
                {words.revoke}
              </Button>
            ) : null}
          </Space>
        ) : null,
      cell: () => null,
    },
  ];
}
