import { useCommand } from '../../../ui/asking.ts';
import { decimalText, formatMoney, parseMoney } from '../../../ui/money.ts';
import { useWords } from '../../../ui/words.ts';
import { ActionDialog } from '../../kit/ActionDialog.tsx';
import { MoneyField, ReasonField } from '../../kit/fields.tsx';
import { verbWords } from '../words.ts';

type Props = {
  readonly redemptionId: string;
  readonly amount: number;
  readonly currency: string;
  readonly onClose: () => void;
};

/** Gives back to the card what was redeemed; how much still may be, the server knows. */
export function RefundDialog({ redemptionId, amount, currency, onClose }: Props) {
  const words = useWords(verbWords);
  const refund = useCommand('POST /v1/redemptions/{id}/refunds');
  return (
    <ActionDialog<{ amount: string; reason: string }, unknown>
      title={words.refund}
      action={words.refund}
      initial={{ amount: decimalText(amount, currency) }}
      submit={(values, idempotencyKey) =>
        refund.mutateAsync({
          params: { id: redemptionId },
          body: { amount: parseMoney(values.amount, currency) ?? 0, reason: values.reason },
          idempotencyKey,
        })
      }
      onClose={onClose}
    >
      <MoneyField name="amount" currency={currency} hint={words.refundOf(formatMoney(amount, currency))} />
      <ReasonField />
    </ActionDialog>
  );
}
