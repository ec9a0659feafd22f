import { Alert, Checkbox, Form, Radio, Select } from 'antd';
import type { AnswerOf, BodyOf, ItemOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { TextField } from '../kit/fields.tsx';
import { useRegionChoices, useStores } from '../kit/names.ts';
import { Secret } from '../kit/Secret.tsx';
import { kitWords } from '../words.ts';
import { useRoleChoices } from './roles.ts';
import { staffWords } from './words.ts';

type Member = ItemOf<'GET /v1/staff'>;
type Terms = { readonly role: string; readonly storeIds?: string[]; readonly regions?: string[] };
type Invitation = BodyOf<'POST /v1/staff/invitations'>;

/** A built-in role by its word, an own one by its id; neither stores nor regions: everywhere. */
function termsOf({
  role,
  storeIds = [],
  regions = [],
}: Terms): Pick<Invitation, 'role' | 'roleId' | 'scope'> {
  const scope = {
    storeIds: storeIds.length === 0 ? null : storeIds,
    regions: regions.length === 0 ? null : regions,
  };
  // What is chosen is out of the list that the server gave.
  return role.startsWith('role_')
    ? { roleId: role, scope }
    : { role: role as NonNullable<Invitation['role']>, scope };
}

function TermFields({ standing }: { readonly standing?: readonly string[] }) {
  const words = useWords(staffWords);
  const kit = useWords(kitWords);
  const stores = useStores();
  const regions = useRegionChoices(standing);
  const chosen = Form.useWatch<string[] | undefined>('regions');
  return (
    <>
      <Form.Item name="role" label={words.role} rules={[{ required: true, message: kit.required }]}>
        <Select options={[...useRoleChoices()]} />
      </Form.Item>
      <Form.Item name="storeIds" label={words.stores}>
        <Select
          mode="multiple"
          placeholder={chosen?.length ? undefined : words.everywhere}
          showSearch={{ optionFilterProp: 'label' }}
          options={stores.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      {regions.length === 0 ? null : (
        <Form.Item name="regions" label={words.regions} extra={words.regionsWhy}>
          <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={regions} />
        </Form.Item>
      )}
    </>
  );
}

/** A link as its whole address, shown once. */
export function LinkOnce({ link }: { readonly link: string | null }) {
  const words = useWords(staffWords);
  return (
    <>
      <Alert type="warning" showIcon title={words.linkOnce} />
      {link === null ? null : <Secret label={words.link} text={new URL(link, location.origin).href} />}
    </>
  );
}

/** Invites somebody by a link. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(staffWords);
  const invite = useCommand('POST /v1/staff/invitations');
  return (
    <ActionDialog<Terms & { name: string; login: string }, AnswerOf<'POST /v1/staff/invitations'>>
      title={words.invite}
      action={words.invite}
      initial={{ role: 'clerk' }}
      submit={({ name, login, ...terms }, idempotencyKey) =>
        invite.mutateAsync({ body: { name, login, ...termsOf(terms) }, idempotencyKey })
      }
      onClose={onClose}
      showsWaiting
      done={({ link }) => <LinkOnce link={link} />}
    >
      <TextField name="name" label={words.name} />
      <TextField name="login" label={words.login} hint={words.loginHint} />
      <TermFields />
    </ActionDialog>
  );
}

type Values = Terms & Pick<Member, 'name' | 'state'>;

/** Changes what somebody is called, may do and where, or notes that they have left. */
export function MemberDialog({ member, onClose }: { readonly member: Member; readonly onClose: () => void }) {
  const words = useWords(staffWords);
  const update = useCommand('PATCH /v1/staff/{id}');
  const { id, name, state, role, roleId, scope } = member;
  const standing = scope.regions ?? [];
  const initial = {
    ...{ name, state, role: roleId ?? role ?? '' },
    ...{ storeIds: scope.storeIds ?? [], regions: standing },
  };
  return (
    <ActionDialog<Values, unknown>
      title={name}
      action={words.edit}
      initial={initial}
      submit={(values) => {
        const { scope: wanted, ...asked } = termsOf(values);
        const isSame = values.role === initial.role;
        const body = { name: values.name, state: values.state, ...(isSame ? {} : asked), scope: wanted };
        return update.mutateAsync({ params: { id }, body });
      }}
      onClose={onClose}
    >
      <TextField name="name" label={words.name} />
      <TermFields standing={standing} />
      <Form.Item name="state" label={words.state}>
        <Radio.Group
          optionType="button"
          options={[
            { value: 'active', label: words.active },
            { value: 'left', label: words.left },
          ]}
        />
      </Form.Item>
    </ActionDialog>
  );
}

/** Makes a link for somebody who forgot their password. */
export function PasswordLinkDialog({
  member,
  onClose,
}: {
  readonly member: Member;
  readonly onClose: () => void;
}) {
  const words = useWords(staffWords);
  const make = useCommand('POST /v1/staff/{id}/password-link');
  return (
    <ActionDialog<{ allFactors?: boolean }, AnswerOf<'POST /v1/staff/{id}/password-link'>>
      title={`${words.passwordLink} · ${member.name}`}
      action={words.passwordLink}
      submit={({ allFactors = false }, idempotencyKey) =>
        make.mutateAsync({ params: { id: member.id }, body: { allFactors }, idempotencyKey })
      }
      onClose={onClose}
      done={({ link }) => <LinkOnce link={link} />}
    >
      <Alert className="explain" type="info" title={words.passwordLinkWhy} />
      <Form.Item name="allFactors" valuePropName="checked">
        <Checkbox>{words.allFactors}</Checkbox>
      </Form.Item>
    </ActionDialog>
  );
}
