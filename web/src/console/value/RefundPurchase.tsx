import { useCommand } from '../../ui/asking.ts';
import { decimalText, parseMoney } from '../../ui/money.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { MoneyField, ReasonField } from '../kit/fields.tsx';
import { valueWords } from './words.ts';

type Props = {
  readonly purchaseId: string;
  /** What the wallet paid of it. */
  readonly amount: number;
  readonly currency: string;
  readonly onClose: () => void;
};

/** Gives a purchase back to what paid for it, the last first; how much of it still may be, the server knows. */
export function RefundPurchase({ purchaseId: id, amount, currency, onClose }: Props) {
  const words = useWords(valueWords);
  const refund = useCommand('POST /v1/purchases/{id}/refunds');
  return (
    <ActionDialog<{ amount: string; reason: string }, unknown>
      title={words.refundPurchase}
      action={words.giveBack}
      danger
      initial={{ amount: decimalText(amount, currency) }}
      submit={({ amount: typed, reason }, idempotencyKey) =>
        refund.mutateAsync({
          params: { id },
          body: { amount: parseMoney(typed, currency) ?? 0, reason },
          idempotencyKey,
        })
      }
      onClose={onClose}
    >
      <MoneyField name="amount" currency={currency} hint={words.lastPaidFirst} />
      <ReasonField />
    </ActionDialog>
  );
}
