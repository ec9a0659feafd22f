import { Button, Form, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { offText } from '../../ui/coupons/text.ts';
import { useMay } from '../../ui/session.ts';
import { useLanguage, useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { LastDay } from '../kit/columns.tsx';
import { ReasonField } from '../kit/fields.tsx';
import { Failed, Nothing } from '../kit/Notes.tsx';
import { Panel } from '../kit/Page.tsx';
import { kitWords } from '../words.ts';
import type { Coupon } from './draft.ts';
import { CouponState, WithdrawDialog } from './GivenCoupons.tsx';
import { useTemplateChoices } from './names.ts';
import { couponPageWords } from './words.ts';

const shownAtOnce = 50;

/** A member's coupons, and the giving of one. */
export function CouponsPanel({ memberId }: { readonly memberId: string }) {
  const words = useWords(couponPageWords);
  const mayGive = useMay('coupons.give');
  const [isGiving, setGiving] = useState(false);
  const [withdrawing, setWithdrawing] = useState<Coupon>();
  const { data, error, refetch } = useAsk('GET /v1/members/{id}/coupons', {
    params: { id: memberId },
    query: { limit: shownAtOnce },
  });
  if (error && !data) return <Failed error={error} again={() => void refetch()} />;
  if (!data || (data.items.length === 0 && !mayGive)) return null;
  return (
    <Panel
      title={words.title}
      extra={mayGive ? <Button onClick={() => setGiving(true)}>{words.give}</Button> : undefined}
    >
      <ul className="quotes">
        {data.items.map((coupon) => (
          <OneCoupon key={coupon.id} coupon={coupon} onWithdraw={setWithdrawing} />
        ))}
      </ul>
      {isGiving ? <GiveDialog memberId={memberId} onClose={() => setGiving(false)} /> : null}
      {withdrawing ? <WithdrawDialog coupon={withdrawing} onClose={() => setWithdrawing(undefined)} /> : null}
    </Panel>
  );
}

type OneProps = { readonly coupon: Coupon; readonly onWithdraw: (coupon: Coupon) => void };

function OneCoupon({ coupon, onWithdraw }: OneProps) {
  const words = useWords(couponPageWords);
  const language = useLanguage();
  const { name, currency, usableUntil, state, allowed } = coupon;
  return (
    <li>
      <span>
        {name} <CouponState state={state} />
        <div className="soft small">
          {offText(coupon, currency, language)} ·{' '}
          {usableUntil === null ? (
            words.noExpiry
          ) : (
            <>
              {words.until2} <LastDay before={usableUntil} />
            </>
          )}
        </div>
      </span>
      {allowed.withdraw.ok ? (
        <Button type="link" size="small" danger onClick={() => onWithdraw(coupon)}>
          {words.withdraw}
        </Button>
      ) : null}
    </li>
  );
}

type Values = { readonly templateId: string; readonly count: number; readonly reason: string };
type GiveProps = { readonly memberId: string; readonly onClose: () => void };

function GiveDialog({ memberId, onClose }: GiveProps) {
  const words = useWords(couponPageWords);
  const kit = useWords(kitWords);
  const options = useTemplateChoices(({ allowed }) => allowed.give.ok);
  const give = useCommand('POST /v1/members/{id}/coupons');
  return (
    <ActionDialog<Values, unknown>
      title={words.give}
      action={words.give}
      initial={{ count: 1 }}
      submit={(body, idempotencyKey) => give.mutateAsync({ params: { id: memberId }, body, idempotencyKey })}
      onClose={onClose}
    >
      {options?.length === 0 ? <Nothing text={words.noneActive} /> : null}
      <Form.Item name="templateId" label={words.template} rules={[{ required: true, message: kit.required }]}>
        <Select options={options ?? []} showSearch={{ optionFilterProp: 'label' }} loading={!options} />
      </Form.Item>
      <Form.Item name="count" label={words.count} rules={[{ required: true, message: kit.required }]}>
        <InputNumber min={1} max={20} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <ReasonField max={200} />
    </ActionDialog>
  );
}
