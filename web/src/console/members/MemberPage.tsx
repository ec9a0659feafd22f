import { Link, useParams } from '@tanstack/react-router';
import { Button, Popconfirm, Result, Skeleton } from 'antd';
import { useState } from 'react';
import { type AnswerOf, Refused } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { Icon } from '../../ui/icons.tsx';
import { useMay } from '../../ui/session.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { CardState } from '../cards/CardState.tsx';
import { CouponsPanel } from '../coupons/CouponsPanel.tsx';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { Moment, Money } from '../kit/columns.tsx';
import { TextField } from '../kit/fields.tsx';
import { ErrorNote, Failed, Guarded, Nothing } from '../kit/Notes.tsx';
import { Facts, Page, Panel } from '../kit/Page.tsx';
import { MembershipPanel } from '../memberships/MembershipPanel.tsx';
import { purseWords } from '../points/words.ts';
import { BalanceFigures } from '../value/BalanceFigures.tsx';
import { kitWords } from '../words.ts';
import { ExportButton } from './ExportButton.tsx';
import { FamilyPanel } from './family/FamilyPanel.tsx';
import { MergeDialog } from './merge/MergeDialog.tsx';
import { mergeWords } from './merge/words.ts';
import { NumberDialog } from './NumberDialog.tsx';
import { ProfilePanel } from './ProfilePanel.tsx';
import { memberWords, numberWords } from './words.ts';

type Member = AnswerOf<'GET /v1/members/{id}'>;

/** One customer: what is kept of them, what they agreed to, and their cards. */
export function MemberPage() {
  return (
    <Guarded by="members.read">
      <OneMember />
    </Guarded>
  );
}

function OneMember() {
  const words = useWords(memberWords);
  const { id } = useParams({ from: '/members/$id' });
  const may = useMay('members.write');
  const mayWallets = useMay('wallets.read');
  const mayCoupons = useMay('coupons.read');
  const mayExport = useMay('members.erase');
  const mayPhone = useMay('members.phone');
  const mayMerge = useMay('members.merge');
  const { data, error, refetch } = useAsk('GET /v1/members/{id}', { params: { id } });
  if (!data || isMerged(error))
    return (
      <Page title={words.title}>
        {isMerged(error) ? (
          <Heir memberId={id} />
        ) : error ? (
          <Failed error={error} again={() => void refetch()} />
        ) : (
          <Skeleton active />
        )}
      </Page>
    );
  return (
    <Page
      title={data.name ?? data.phone}
      lead={data.phone}
      actions={
        <>
          {mayWallets ? (
            <Link to="/wallets/$memberId" params={{ memberId: id }}>
              <Button>{words.wallet}</Button>
            </Link>
          ) : null}
          {mayPhone ? <NumberButton memberId={id} /> : null}
          {mayMerge ? <MergeButton memberId={id} /> : null}
          {may ? <Verbs member={data} /> : null}
          {mayExport ? <ExportButton memberId={id} /> : null}
        </>
      }
    >
      <div className="columns">
        <div>
          {mayWallets ? <Value memberId={id} /> : null}
          <MembershipPanel memberId={id} />
          {mayCoupons ? <CouponsPanel memberId={id} /> : null}
          <FamilyPanel memberId={id} />
          <Panel title={words.cards}>
            <Cards memberId={id} />
          </Panel>
        </div>
        <div>
          <Panel title={words.facts}>
            <Facts
              items={[
                [words.phone, data.phone],
                [words.cardNumber, data.cardNumber ?? '–'],
                [words.name, data.name ?? '–'],
                [words.email, data.email ?? '–'],
                [words.since, <Moment key="since" at={data.createdAt} />],
              ]}
            />
          </Panel>
          <ProfilePanel member={data} />
          <Panel title={words.consents}>
            <Facts
              items={data.consents.map(({ purpose, given, at }) => [
                words[purpose],
                <span key={purpose}>
                  {given ? words.given : words.taken} · <Moment at={at} />
                </span>,
              ])}
            />
          </Panel>
        </div>
      </div>
    </Page>
  );
}

const isMerged = (error: Error | null) => error instanceof Refused && error.code === 'member_merged';

/** Where a member went who is part of another now. */
function Heir({ memberId }: { readonly memberId: string }) {
  const words = useWords(mergeWords);
  const { data, error, refetch } = useAsk('GET /v1/members/{id}/heir', { params: { id: memberId } });
  if (error && !data) return <Failed error={error} again={() => void refetch()} />;
  return (
    <Result
      icon={<Icon name="people" size={56} />}
      title={words.gone}
      subTitle={words.goneWhy}
      extra={
        data ? (
          <Link to="/members/$id" params={{ id: data.mergedIntoId }}>
            {words.open}
          </Link>
        ) : null
      }
    />
  );
}

function MergeButton({ memberId }: { readonly memberId: string }) {
  const words = useWords(mergeWords);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{words.begin}</Button>
      {isOpen ? <MergeDialog memberId={memberId} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function NumberButton({ memberId }: { readonly memberId: string }) {
  const words = useWords(numberWords);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{words.title}</Button>
      {isOpen ? <NumberDialog memberId={memberId} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** All that is kept of a member as a file, for the member. */
function Verbs({ member }: { readonly member: Member }) {
  const words = useWords(memberWords);
  const kit = useWords(kitWords);
  const [isChanging, setChanging] = useState(false);
  const signOut = useCommand('POST /v1/members/{id}/sign-out');
  return (
    <>
      <Button onClick={() => setChanging(true)}>{words.change}</Button>
      <Popconfirm
        title={words.signOutWhy}
        okText={words.signOut}
        cancelText={kit.cancel}
        onConfirm={() => signOut.mutate({ params: { id: member.id }, body: {} })}
      >
        <Button loading={signOut.isPending}>{words.signOut}</Button>
      </Popconfirm>
      <ErrorNote error={signOut.error} />
      {isChanging ? <ChangeDialog member={member} onClose={() => setChanging(false)} /> : null}
    </>
  );
}

function ChangeDialog({ member, onClose }: { readonly member: Member; readonly onClose: () => void }) {
  const words = useWords(memberWords);
  const update = useCommand('PATCH /v1/members/{id}');
  const { id, name, email, cardNumber } = member;
  const orNull = (text = '') => text.trim() || null;
  return (
    <ActionDialog<{ name?: string; email?: string; cardNumber?: string }, unknown>
      title={words.change}
      action={words.change}
      initial={{ name: name ?? '', email: email ?? '', cardNumber: cardNumber ?? '' }}
      submit={(values, idempotencyKey) => {
        const number = values.cardNumber?.trim() ?? '';
        const body = {
          name: orNull(values.name),
          email: orNull(values.email),
          ...(number === '' || number === cardNumber ? {} : { cardNumber: number }),
        };
        return update.mutateAsync({ params: { id }, body, idempotencyKey });
      }}
      onClose={onClose}
    >
      <TextField name="name" label={words.name} optional max={100} />
      <TextField name="email" label={words.email} optional max={200} />
      <TextField name="cardNumber" label={words.cardNumber} hint={words.cardNumberHint} optional max={40} />
    </ActionDialog>
  );
}

/** What the member holds prepaid and in points, in one line. */
function Value({ memberId }: { readonly memberId: string }) {
  const purse = useWords(purseWords);
  const locale = localeOf(useLanguage());
  const mayPoints = useMay('points.read');
  const wallet = useAsk('GET /v1/wallets/{memberId}', { params: { memberId } });
  const points = useAsk('GET /v1/members/{id}/points', { params: { id: memberId } }, { enabled: mayPoints });
  if (wallet.error && !wallet.data)
    return <Failed error={wallet.error} again={() => void wallet.refetch()} />;
  if (!wallet.data) return <Skeleton active />;
  return (
    <BalanceFigures wallet={wallet.data}>
      {points.data ? (
        <div className="figure">
          <span className="soft">{purse.title}</span>
          <strong className="money">{points.data.usable.toLocaleString(locale)}</strong>
        </div>
      ) : null}
    </BalanceFigures>
  );
}

const cardsShown = 100;

function Cards({ memberId }: { readonly memberId: string }) {
  const words = useWords(memberWords);
  const { data, error, refetch } = useAsk('GET /v1/members/{id}/cards', {
    params: { id: memberId },
    query: { limit: cardsShown },
  });
  if (error && !data) return <Failed error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  if (data.items.length === 0) return <Nothing text={words.noCards} />;
  return (
    <table className="diff">
      <thead>
        <tr>
          <th scope="col">{words.card}</th>
          <th scope="col">{words.state}</th>
          <th scope="col">{words.balance}</th>
        </tr>
      </thead>
      <tbody>
        {data.items.map(({ id, serial, state, balance, currency }) => (
          <tr key={id}>
            <th scope="row">
              <Link to="/cards/$id" params={{ id }} className="mono">
                {serial}
              </Link>
            </th>
            <td>
              <CardState state={state} />
            </td>
            <td>
              <Money amount={balance} currency={currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
