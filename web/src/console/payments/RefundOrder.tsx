import { Alert, Form, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { decimalText, formatMoney, parseMoney } from '../../ui/money.ts';
import { refundRuleWords } from '../../ui/value/words.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { Money } from '../kit/columns.tsx';
import { Dialog } from '../kit/Dialog.tsx';
import { MoneyField, ReasonField } from '../kit/fields.tsx';
import { ErrorNote } from '../kit/Notes.tsx';
import { Facts } from '../kit/Page.tsx';
import { QuoteNotes } from '../value/QuoteNotes.tsx';
import { valueWords } from '../value/words.ts';
import { orderWords } from './words.ts';

type Quote = AnswerOf<'POST /v1/payment-orders/{id}/refund-quote'>;
type Props = { readonly orderId: string; readonly currency: string; readonly onClose: () => void };

/** Sends an order back by the way that it came: what the merchant's rule gives for what is left of it, or a part. */
export function RefundOrder({ orderId, currency, onClose }: Props) {
  const words = useWords(orderWords);
  const [used, setUsed] = useState<number>();
  const body = used === undefined ? {} : { usedAtListPrice: used };
  const { data, error } = useAsk('POST /v1/payment-orders/{id}/refund-quote', {
    params: { id: orderId },
    body,
  });
  const refund = useCommand('POST /v1/payment-orders/{id}/refund');
  if (!data) {
    return (
      <Dialog title={words.refund} onCancel={onClose} footer={null}>
        {error ? <ErrorNote error={error} /> : <Skeleton active />}
      </Dialog>
    );
  }
  return (
    <ActionDialog<{ amount: string; reason: string }, unknown>
      title={words.refund}
      action={words.refund}
      danger
      initial={{ amount: decimalText(data.refund, currency) }}
      submit={({ amount, reason }, idempotencyKey) =>
        refund.mutateAsync({
          params: { id: orderId },
          body: { amount: parseMoney(amount, currency) ?? 0, reason, ...body },
          idempotencyKey,
        })
      }
      onClose={onClose}
    >
      <Alert className="explain" type="info" showIcon title={words.refundWhy} />
      <QuotedFacts quote={data} />
      <QuoteNotes quote={data} onUsed={setUsed} />
      <AmountField quote={data} />
      <ReasonField />
    </ActionDialog>
  );
}

function QuotedFacts({ quote }: { readonly quote: Quote }) {
  const words = useWords(valueWords);
  const rules = useWords(refundRuleWords);
  const { currency, paid, principal, rule, refund } = quote;
  return (
    <Facts
      items={[
        [words.paid, <Money key="paid" amount={paid} currency={currency} />],
        [words.left, <Money key="left" amount={principal} currency={currency} />],
        [words.rule, rules[rule]],
        [words.refundable, <Money key="refund" amount={refund} currency={currency} />],
      ]}
    />
  );
}

/** All that is quoted, until somebody types less; a new quote sets it anew. */
function AmountField({ quote: { refund, currency, rule } }: { readonly quote: Quote }) {
  const words = useWords(orderWords);
  const locale = localeOf(useLanguage());
  const form = Form.useFormInstance<{ amount: string }>();
  useEffect(() => form.setFieldValue('amount', decimalText(refund, currency)), [form, refund, currency]);
  const hint = rule === 'time' ? words.wholeOnly : words.mostBack(formatMoney(refund, currency, locale));
  return <MoneyField name="amount" currency={currency} hint={hint} />;
}
