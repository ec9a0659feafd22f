import { Button, Dropdown, Form, Input, Select } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { parseMoney } from '../../ui/money.ts';
import { useSession } from '../../ui/session.ts';
import { useLanguage, useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { MoneyField, ReasonField } from '../kit/fields.tsx';
import { useStores } from '../kit/names.ts';
import { kitWords } from '../words.ts';
import { statementWords } from './words.ts';

type Statement = AnswerOf<'GET /v1/settlement-statements/{id}'>;
const verbs = ['withdraw', 'dispute', 'adjust', 'confirm'] as const;
type Verb = (typeof verbs)[number];
type DialogProps = { readonly statement: Statement; readonly onClose: () => void };

/** What may be done with a statement now, and the statement as a file. */
export function StatementVerbs({ statement }: { readonly statement: Statement }) {
  const words = useWords(statementWords);
  const [verb, setVerb] = useState<Verb>();
  const props = { statement, onClose: () => setVerb(undefined) };
  return (
    <>
      <Download id={statement.id} />
      {verbs.map((one) =>
        statement.allowed[one] ? (
          <Button
            key={one}
            type={one === 'confirm' ? 'primary' : 'default'}
            danger={one === 'dispute'}
            onClick={() => setVerb(one)}
          >
            {words[one]}
          </Button>
        ) : null,
      )}
      {verb === 'confirm' ? <ConfirmDialog {...props} /> : null}
      {verb === 'withdraw' ? <WithdrawDialog {...props} /> : null}
      {verb === 'dispute' ? <DisputeDialog {...props} /> : null}
      {verb === 'adjust' ? <AdjustDialog {...props} /> : null}
    </>
  );
}

function Download({ id }: { readonly id: string }) {
  const words = useWords(statementWords);
  const language = useLanguage();
  const link = (format: 'pdf' | 'xlsx') => (
    <a href={`/v1/settlement-statements/${id}/document?format=${format}&language=${language}`} download>
      {words[format]}
    </a>
  );
  const items = [
    { key: 'pdf', label: link('pdf') },
    { key: 'xlsx', label: link('xlsx') },
  ];
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button>{words.download}</Button>
    </Dropdown>
  );
}

function ConfirmDialog({ statement: { id }, onClose }: DialogProps) {
  const words = useWords(statementWords);
  const confirm = useCommand('POST /v1/settlement-statements/{id}/confirm');
  return (
    <ActionDialog<object, unknown>
      title={words.confirm}
      action={words.confirm}
      submit={(_values, idempotencyKey) => confirm.mutateAsync({ params: { id }, idempotencyKey })}
      onClose={onClose}
    >
      <p>{words.confirmWhy}</p>
    </ActionDialog>
  );
}

function WithdrawDialog({ statement: { id }, onClose }: DialogProps) {
  const words = useWords(statementWords);
  const withdraw = useCommand('POST /v1/settlement-statements/{id}/withdraw');
  return (
    <ActionDialog<object, unknown>
      title={words.withdraw}
      action={words.withdraw}
      submit={(_values, idempotencyKey) => withdraw.mutateAsync({ params: { id }, idempotencyKey })}
      onClose={onClose}
    >
      <p>{words.withdrawWhy}</p>
    </ActionDialog>
  );
}

function DisputeDialog({ statement: { id }, onClose }: DialogProps) {
  const words = useWords(statementWords);
  const kit = useWords(kitWords);
  const dispute = useCommand('POST /v1/settlement-statements/{id}/dispute');
  return (
    <ActionDialog<{ reason: string }, unknown>
      title={words.dispute}
      action={words.dispute}
      danger
      submit={({ reason }, idempotencyKey) =>
        dispute.mutateAsync({ params: { id }, body: { reason: oneLine(reason) }, idempotencyKey })
      }
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={kit.reason}
        extra={words.disputeWhy}
        rules={[{ required: true, whitespace: true, message: kit.required }]}
      >
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
    </ActionDialog>
  );
}

/** What somebody wrote over several lines, as the server takes it. */
const oneLine = (text: string): string => text.trim().replaceAll(/\s*\n\s*/g, ' ');

type AdjustValues = { readonly counterpart: string; readonly amount: string; readonly reason: string };
const merchantKey = 'merchant';

function AdjustDialog({ statement, onClose }: DialogProps) {
  const words = useWords(statementWords);
  const kit = useWords(kitWords);
  const stores = useStores();
  const { merchant } = useSession();
  const currency = statement.totals[0]?.currency ?? merchant.currency;
  const adjust = useCommand('POST /v1/settlement-statements/{id}/adjustments');
  const others = [
    ...(statement.party === 'merchant' ? [] : [{ value: merchantKey, label: words.merchantItself }]),
    ...stores
      .filter(({ id }) => id !== statement.storeId)
      .map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <ActionDialog<AdjustValues, unknown>
      title={words.adjust}
      action={words.adjust}
      submit={({ counterpart, amount, reason }, idempotencyKey) => {
        const counterpartId = counterpart === merchantKey ? null : counterpart;
        const body = { counterpartId, currency, amount: parseMoney(amount, currency) ?? 0, reason };
        return adjust.mutateAsync({ params: { id: statement.id }, body, idempotencyKey });
      }}
      onClose={onClose}
    >
      <p className="soft under">{words.adjustWhy}</p>
      <Form.Item
        name="counterpart"
        label={words.counterpart}
        rules={[{ required: true, message: kit.required }]}
      >
        <Select showSearch={{ optionFilterProp: 'label' }} options={others} />
      </Form.Item>
      <MoneyField
        name="amount"
        label={words.adjustAmount}
        currency={currency}
        signed
        hint={words.adjustAmountWhy}
      />
      <ReasonField />
    </ActionDialog>
  );
}
