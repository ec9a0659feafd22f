import { Form, Radio } from 'antd';
import { useState } from 'react';
import { useCommand } from '../../../ui/asking.ts';
import { formatMoney } from '../../../ui/money.ts';
import { localeOf, useLanguage, useWords } from '../../../ui/words.ts';
import { ActionDialog } from '../../kit/ActionDialog.tsx';
import { ReasonField } from '../../kit/fields.tsx';
import type { DialogProps } from '../overview.ts';
import { membershipWords } from '../words.ts';
import { type PaidValues, PaymentFields, paidBack, StoreField, storeOf } from './fields.tsx';

type Values = PaidValues & { readonly reason: string; readonly refund: 'unused' | 'nothing' };

/** Ends a membership now, giving back what is not used up, or nothing. */
export function CancelDialog({
  overview: { membership, plan, refund, refundToWallet },
  onClose,
}: DialogProps) {
  const words = useWords(membershipWords);
  const locale = localeOf(useLanguage());
  const cancel = useCommand('POST /v1/memberships/{id}/cancel');
  const [kind, setKind] = useState<Values['refund']>('unused');
  if (!membership || !plan) return null;
  const unused = refund ?? 0;
  const toWallet = kind === 'unused' ? (refundToWallet ?? 0) : 0;
  const due = kind === 'unused' ? unused - toWallet : 0;
  return (
    <ActionDialog<Values, unknown>
      title={words.cancel}
      action={words.cancel}
      danger
      initial={{ ...storeOf(membership), refund: 'unused' }}
      submit={(values, idempotencyKey) => {
        const { storeId, reason } = values;
        const body = { storeId, reason, refund: values.refund, ...paidBack(values, due) };
        return cancel.mutateAsync({ params: { id: membership.id }, body, idempotencyKey });
      }}
      onClose={onClose}
    >
      <Form.Item name="refund">
        <Radio.Group
          className="upright"
          options={[
            { value: 'unused', label: words.unused(formatMoney(unused, plan.currency, locale)) },
            { value: 'nothing', label: words.nothingBack },
          ]}
          onChange={({ target }) => setKind(target.value === 'unused' ? 'unused' : 'nothing')}
        />
      </Form.Item>
      <StoreField />
      {toWallet === 0 ? null : (
        <p className="net-line flat">{words.toWallet(formatMoney(toWallet, plan.currency, locale))}</p>
      )}
      {due === 0 ? null : <PaymentFields amount={due} currency={plan.currency} isBack />}
      <ReasonField />
    </ActionDialog>
  );
}
