import { Checkbox, Form, InputNumber, Select, Skeleton } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { decimalText, parseMoney } from '../../ui/money.ts';
import { useSession } from '../../ui/session.ts';
import { refundRuleWords } from '../../ui/value/words.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { MoneyField } from '../kit/fields.tsx';
import { kitWords } from '../words.ts';
import { policyWords } from './words.ts';

type Policy = AnswerOf<'GET /v1/wallet-policy'>;
type Values = Pick<
  Policy,
  'spendingOrder' | 'refundRule' | 'refundTermMonths' | 'sevenDays' | 'relativesMax'
> & {
  readonly balanceMax?: string;
  readonly lowBelow?: string;
  readonly codeAbove?: string;
};

const orders = ['soonest_end', 'bonus_first', 'principal_first', 'pro_rata'] as const;
const refundRules = ['paid_ratio', 'list_price', 'time'] as const;

/** How wallets are spent, limited, reminded of and paid back. */
export function PolicyDialog({ onClose }: { readonly onClose: () => void }) {
  const { data } = useAsk('GET /v1/wallet-policy', {});
  return data ? <Loaded policy={data} onClose={onClose} /> : <Skeleton active />;
}

function Loaded({ policy, onClose }: { readonly policy: Policy; readonly onClose: () => void }) {
  const words = useWords(policyWords);
  const kit = useWords(kitWords);
  const refunds = useWords(refundRuleWords);
  const { currency } = useSession().merchant;
  const set = useCommand('PATCH /v1/wallet-policy');
  const text = (amount: number | null) => (amount === null ? '' : decimalText(amount, currency));
  const amount = (typed = '') => (typed === '' ? null : (parseMoney(typed, currency) ?? null));
  const { spendingOrder, refundRule, refundTermMonths, sevenDays, relativesMax } = policy;
  return (
    <ActionDialog<Values, unknown>
      title={words.title}
      action={words.save}
      initial={{
        ...{ spendingOrder, refundRule, refundTermMonths, sevenDays, relativesMax },
        balanceMax: text(policy.balanceMax),
        lowBelow: text(policy.lowBelow),
        codeAbove: text(policy.codeAbove),
      }}
      submit={({ balanceMax, lowBelow, codeAbove, ...body }, idempotencyKey) =>
        set.mutateAsync({
          body: {
            ...body,
            balanceMax: amount(balanceMax),
            lowBelow: amount(lowBelow),
            codeAbove: amount(codeAbove),
          },
          idempotencyKey,
        })
      }
      onClose={onClose}
    >
      <Form.Item name="spendingOrder" label={words.spendingOrder}>
        <Select options={orders.map((value) => ({ value, label: words[value] }))} />
      </Form.Item>
      <Form.Item name="refundRule" label={words.refundRule}>
        <Select options={refundRules.map((value) => ({ value, label: refunds[value] }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={['refundRule']}>
        {({ getFieldValue }) =>
          getFieldValue('refundRule') === 'time' ? (
            <Form.Item
              name="refundTermMonths"
              label={words.refundTermMonths}
              extra={words.byTimeWhy}
              rules={[{ required: true, message: kit.required }]}
            >
              <InputNumber min={1} max={120} precision={0} style={{ width: '100%' }} />
            </Form.Item>
          ) : null
        }
      </Form.Item>
      <Form.Item name="sevenDays" valuePropName="checked">
        <Checkbox>{words.sevenDays}</Checkbox>
      </Form.Item>
      <MoneyField
        name="balanceMax"
        label={words.balanceMax}
        currency={currency}
        hint={words.noLimit}
        optional
      />
      <MoneyField
        name="lowBelow"
        label={words.lowBelow}
        currency={currency}
        hint={words.noReminder}
        optional
      />
      <MoneyField name="codeAbove" label={words.codeAbove} currency={currency} hint={words.noCode} optional />
      <Form.Item
        name="relativesMax"
        label={words.relativesMax}
        extra={words.noRelatives}
        rules={[{ required: true, message: kit.required }]}
      >
        <InputNumber min={0} max={50} precision={0} style={{ width: '100%' }} />
      </Form.Item>
    </ActionDialog>
  );
}
