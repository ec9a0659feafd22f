import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useCommand } from '../../ui/asking.ts';
import { offText } from '../../ui/coupons/text.ts';
import { couponWords } from '../../ui/coupons/words.ts';
import { useMay } from '../../ui/session.ts';
import { useLanguage, useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { ChoiceFilter } from '../kit/ChoiceFilter.tsx';
import { type Column, LastDay, momentColumn, textColumn } from '../kit/columns.tsx';
import { ReasonField } from '../kit/fields.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { MemberName } from '../kit/members.tsx';
import { Nothing } from '../kit/Notes.tsx';
import { useFilters } from '../kit/paging.ts';
import type { Coupon } from './draft.ts';
import { useCouponTemplates } from './names.ts';
import { couponPageWords } from './words.ts';

const states = ['usable', 'waiting', 'used', 'lapsed', 'withdrawn'] as const;
const tones = {
  usable: 'good',
  waiting: 'look',
  used: 'quiet',
  lapsed: 'quiet',
  withdrawn: 'stop',
} as const;

/** The coupons that members have or had. */
export function GivenCoupons() {
  const words = useWords(couponPageWords);
  const called = useWords(couponWords);
  const { values, set } = useFilters(['list', 'couponState', 'templateId', 'memberId']);
  const [withdrawing, setWithdrawing] = useState<Coupon>();
  const state = states.find((one) => one === values.couponState);
  return (
    <>
      <ListTable
        name="GET /v1/coupons"
        parts={{ query: { state, templateId: values.templateId, memberId: values.memberId } }}
        columns={[useMemberColumn(), ...useCouponColumns(setWithdrawing)]}
        rowKey={({ id }) => id}
        filename="coupons"
        empty={<Nothing text={words.noCoupons} />}
        filters={
          <>
            <ChoiceFilter
              label={words.state}
              any={words.anyState}
              value={state}
              options={states.map((value) => ({ value, label: called[value] }))}
              onChoose={(wanted) => set({ couponState: wanted })}
            />
            <ChoiceFilter
              label={words.kind}
              any={words.anyKind}
              value={values.templateId}
              options={useCouponTemplates().map(({ id, name }) => ({ value: id, label: name }))}
              onChoose={(wanted) => set({ templateId: wanted })}
            />
            {values.memberId === undefined ? null : (
              <Button onClick={() => set({ memberId: undefined })}>{words.onlyMember} ×</Button>
            )}
          </>
        }
      />
      {withdrawing ? <WithdrawDialog coupon={withdrawing} onClose={() => setWithdrawing(undefined)} /> : null}
    </>
  );
}

function useMemberColumn(): Column<Coupon> {
  const words = useWords(couponPageWords);
  return {
    key: 'member',
    title: words.member,
    show: ({ memberId }) => <MemberName id={memberId} />,
    cell: ({ memberId }) => memberId,
  };
}

/** What is said of coupons in a list, whoever has them. */
function useCouponColumns(withdraw: (coupon: Coupon) => void): readonly Column<Coupon>[] {
  const words = useWords(couponPageWords);
  const language = useLanguage();
  const mayPurchase = useMay('checkout.read');
  return [
    textColumn({ key: 'name', title: words.name }, ({ name }) => name),
    textColumn({ key: 'off', title: words.off }, (coupon) => offText(coupon, coupon.currency, language)),
    {
      key: 'state',
      title: words.state,
      show: (coupon) => <CouponState state={coupon.state} />,
      cell: ({ state }) => couponWords[language][state],
    },
    {
      key: 'until',
      title: words.until2,
      show: ({ usableUntil }) =>
        usableUntil === null ? (
          <span className="none">{words.noExpiry}</span>
        ) : (
          <LastDay before={usableUntil} />
        ),
      cell: ({ usableUntil }) => usableUntil,
    },
    textColumn({ key: 'cause', title: words.cause }, ({ cause }) =>
      cause === 'given' ? words.byStaff : words.byTopUp,
    ),
    momentColumn({ key: 'given', title: words.givenAt }, ({ createdAt }) => createdAt),
    {
      key: 'verbs',
      title: '',
      show: (coupon) =>
        coupon.purchaseId !== null && mayPurchase ? (
          <Link to="/purchases/$id" params={{ id: coupon.purchaseId }}>
            {words.usedFor}
          </Link>
        ) : coupon.allowed.withdraw.ok ? (
          <Button type="link" size="small" danger onClick={() => withdraw(coupon)}>
            {words.withdraw}
          </Button>
        ) : null,
      cell: () => null,
    },
  ];
}

export function CouponState({ state }: Pick<Coupon, 'state'>) {
  const words = useWords(couponWords);
  return <span className={`mark ${tones[state]}`}>{words[state]}</span>;
}

export function WithdrawDialog({
  coupon,
  onClose,
}: {
  readonly coupon: Coupon;
  readonly onClose: () => void;
}) {
  const words = useWords(couponPageWords);
  const withdraw = useCommand('POST /v1/coupons/{id}/withdraw');
  return (
    <ActionDialog<{ reason: string }, unknown>
      title={words.withdrawTitle(coupon.name)}
      action={words.withdraw}
      danger
      submit={({ reason }, idempotencyKey) =>
        withdraw.mutateAsync({ params: { id: coupon.id }, body: { reason }, idempotencyKey })
      }
      onClose={onClose}
    >
      <ReasonField max={200} />
    </ActionDialog>
  );
}
