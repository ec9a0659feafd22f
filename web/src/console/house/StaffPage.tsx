import { Button, Space } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { type Column, momentColumn, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { ErrorNote, Guarded, Nothing } from '../kit/Notes.tsx';
import { useRegionName, useStoreName } from '../kit/names.ts';
import { Page } from '../kit/Page.tsx';
import { kitWords } from '../words.ts';
import { Invitations } from './Invitations.tsx';
import { LimitsDialog, useLimitsText } from './LimitsDialog.tsx';
import { useRoleName } from './roles.ts';
import { InviteDialog, MemberDialog, PasswordLinkDialog } from './StaffDialogs.tsx';
import { staffWords } from './words.ts';

type Member = ItemOf<'GET /v1/staff'>;
type Asked = { readonly what: 'edit' | 'link' | 'limits'; readonly member: Member };

export function StaffPage() {
  const words = useWords(staffWords);
  const may = useMay('people.write');
  const [isInviting, setInviting] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const end = useCommand('POST /v1/staff/{id}/sessions/end');
  const add = may ? (
    <Button type="primary" onClick={() => setInviting(true)}>
      {words.invite}
    </Button>
  ) : null;
  const close = () => setAsked(undefined);
  return (
    <Guarded by="people.read">
      <Page title={words.title} lead={words.lead} actions={add}>
        <ErrorNote error={end.error} />
        <ListTable
          name="GET /v1/staff"
          parts={{}}
          columns={useStaffColumns(may, setAsked, ({ id }) => end.mutate({ params: { id }, body: {} }))}
          rowKey={({ id }) => id}
          filename="staff"
          empty={<Nothing text={words.nothing} action={add} />}
        />
        <Invitations />
        {isInviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
        {asked?.what === 'edit' ? <MemberDialog member={asked.member} onClose={close} /> : null}
        {asked?.what === 'limits' ? <LimitsDialog member={asked.member} onClose={close} /> : null}
        {asked?.what === 'link' ? <PasswordLinkDialog member={asked.member} onClose={close} /> : null}
      </Page>
    </Guarded>
  );
}

function useStaffColumns(
  may: boolean,
  onAsk: (asked: Asked) => void,
  onEnd: (member: Member) => void,
): readonly Column<Member>[] {
  const words = useWords(staffWords);
  const kit = useWords(kitWords);
  const roleName = useRoleName();
  const storeName = useStoreName();
  const regionName = useRegionName();
  const whereText = ({ scope: { storeIds, regions } }: Member) => {
    const places = [
      ...(storeIds ?? []).map((id) => storeName(id)),
      ...(regions ?? []).map((code) => regionName(code)),
    ];
    return places.length === 0 ? words.everywhere : places.join(', ');
  };
  const columns: readonly Column<Member>[] = [
    textColumn({ key: 'name', title: words.name }, ({ name }) => name),
    textColumn({ key: 'login', title: words.login }, ({ login }) => login),
    textColumn({ key: 'role', title: words.role }, roleName),
    textColumn({ key: 'where', title: words.stores }, whereText),
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => (
        <span className={`mark ${state === 'active' ? 'good' : 'quiet'}`}>{words[state]}</span>
      ),
      cell: ({ state }) => words[state],
    },
    textColumn({ key: 'limits', title: words.limits }, useLimitsText()),
    momentColumn({ key: 'created', title: kit.created }, ({ createdAt }) => createdAt),
  ];
  if (!may) return columns;
  const actions: Column<Member> = {
    key: 'actions',
    title: '',
    show: (member) => (
      <Space size={0}>
        <Button type="link" size="small" onClick={() => onAsk({ what: 'edit', member })}>
          {words.edit}
        </Button>
        <Button type="link" size="small" onClick={() => onAsk({ what: 'limits', member })}>
          {words.limits}
        </Button>
        {member.canSignIn ? (
          <>
            <Button type="link" size="small" onClick={() => onAsk({ what: 'link', member })}>
              {words.passwordLink}
            </Button>
            <Button type="link" size="small" onClick={() => onEnd(member)}>
              {words.signOutAll}
            </Button>
          </>
        ) : null}
      </Space>
    ),
    cell: () => null,
  };
  return [...columns, actions];
}
