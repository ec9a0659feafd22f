import { Button, Form, Radio } from 'antd';
import { useState } from 'react';
import { useCommand } from '../../ui/asking.ts';
import { parseMoney } from '../../ui/money.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { MoneyField, ReasonField } from '../kit/fields.tsx';
import { valueWords } from './words.ts';

type Of = { readonly memberId: string; readonly currency: string };
type Values = { readonly kind: 'principal' | 'bonus'; readonly amount: string; readonly reason: string };
const kinds = ['principal', 'bonus'] as const;

/** Corrects what is on a wallet, for who may; a second person decides. */
export function AdjustWallet(of: Of) {
  const words = useWords(valueWords);
  const [isOpen, setOpen] = useState(false);
  if (!useMay('wallets.adjust')) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{words.adjust}</Button>
      {isOpen ? <AdjustDialog {...of} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function AdjustDialog({ memberId, currency, onClose }: Of & { readonly onClose: () => void }) {
  const words = useWords(valueWords);
  const adjust = useCommand('POST /v1/wallets/{memberId}/adjustments');
  return (
    <ActionDialog<Values, unknown>
      title={words.adjust}
      action={words.adjust}
      initial={{ kind: 'principal' }}
      submit={({ kind, amount: typed, reason }, idempotencyKey) => {
        const body = { kind, amount: parseMoney(typed, currency) ?? 0, reason };
        return adjust.mutateAsync({ params: { memberId }, body, idempotencyKey });
      }}
      onClose={onClose}
    >
      <p className="soft under">{words.adjustWhy}</p>
      <Form.Item name="kind" label={words.kind}>
        <Radio.Group options={kinds.map((value) => ({ value, label: words[value] }))} />
      </Form.Item>
      <MoneyField
        name="amount"
        label={words.adjustAmount}
        currency={currency}
        hint={words.adjustAmountWhy}
        signed
      />
      <ReasonField max={200} />
    </ActionDialog>
  );
}
