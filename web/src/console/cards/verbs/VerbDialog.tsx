import { useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Radio, Select } from 'antd';
import type { ReactNode } from 'react';
import { type Answered, type AnswerOf, ask } from '../../../api/client.ts';
import { tenderWords } from '../../../ui/cards/words.ts';
import { parseMoney } from '../../../ui/money.ts';
import { useWords } from '../../../ui/words.ts';
import { ActionDialog } from '../../kit/ActionDialog.tsx';
import { MoneyField, ReasonField, TextField } from '../../kit/fields.tsx';
import { useStores } from '../../kit/names.ts';
import { Secret } from '../../kit/Secret.tsx';
import { verbWords } from '../words.ts';

type Card = AnswerOf<'GET /v1/cards/{id}'>;
export type Verb =
  | 'freeze'
  | 'unfreeze'
  | 'reload'
  | 'adjust'
  | 'extend'
  | 'reactivate'
  | 'transfer'
  | 'replace'
  | 'void'
  | 'unlockPin';
type Values = {
  readonly reason: string;
  readonly cause?: 'lost' | 'risk';
  readonly until?: string;
  readonly amount?: string;
  readonly storeId?: string;
  readonly tender?: string;
  readonly reference?: string;
};
type Succession = { readonly code: string | null; readonly pin: string | null };

/** One verb on one card: what it takes, and what came of it. */
export function VerbDialog({
  verb,
  card,
  onClose,
}: {
  readonly verb: Verb;
  readonly card: Card;
  readonly onClose: () => void;
}) {
  const words = useWords(verbWords);
  const client = useQueryClient();
  const submit = async (values: Values, key: string): Promise<Answered<unknown>> => {
    const answer = await carryOut(verb, card, values, key);
    void client.invalidateQueries();
    return answer;
  };
  const isSuccession = verb === 'replace' || verb === 'transfer';
  return (
    <ActionDialog<Values, unknown>
      title={words[verb]}
      action={words[verb]}
      danger={verb === 'void'}
      initial={{ cause: 'lost', tender: 'cash' }}
      submit={submit}
      onClose={onClose}
      // What comes back of these two is what `carryOut` asked for.
      {...(isSuccession ? { done: (answer) => <NewCard made={answer as Succession} /> } : {})}
    >
      <Explanation verb={verb} />
      <VerbFields verb={verb} card={card} />
      {verb === 'reload' ? null : <ReasonField optional={isSuccession} />}
    </ActionDialog>
  );
}

function Explanation({ verb }: { readonly verb: Verb }) {
  const words = useWords(verbWords);
  const texts: Partial<Record<Verb, string>> = {
    freeze: words.freezeWhy,
    void: words.voidWhy,
    replace: words.replaceWhy,
    transfer: words.transferWhy,
    adjust: words.adjustWhy,
  };
  const text = texts[verb];
  if (text === undefined) return null;
  return <Alert className="explain" type={verb === 'void' ? 'warning' : 'info'} title={text} />;
}

function VerbFields({ verb, card }: { readonly verb: Verb; readonly card: Card }): ReactNode {
  const words = useWords(verbWords);
  if (verb === 'freeze')
    return (
      <Form.Item name="cause" label={words.cause}>
        <Radio.Group
          optionType="button"
          options={[
            { value: 'lost', label: words.causeLost },
            { value: 'risk', label: words.causeRisk },
          ]}
        />
      </Form.Item>
    );
  if (verb === 'extend' || verb === 'reactivate')
    return (
      <Form.Item name="until" label={words.until}>
        <Input type="date" />
      </Form.Item>
    );
  if (verb === 'adjust') return <MoneyField name="amount" currency={card.currency} signed />;
  if (verb === 'reload') return <ReloadFields currency={card.currency} />;
  return null;
}

function ReloadFields({ currency }: { readonly currency: string }) {
  const words = useWords(verbWords);
  const tenders = useWords(tenderWords);
  const stores = useStores().filter(({ state }) => state === 'open');
  return (
    <>
      <MoneyField name="amount" currency={currency} />
      <Form.Item name="storeId" label={words.store} rules={[{ required: true }]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={stores.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="tender" label={words.tender}>
        <Select options={Object.entries(tenders).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <TextField name="reference" label={words.paymentReference} max={64} />
    </>
  );
}

function NewCard({ made }: { readonly made: Succession }) {
  const words = useWords(verbWords);
  return (
    <>
      <Alert type="warning" showIcon title={words.onceWarning} />
      {made.code === null ? null : <Secret label={words.newCode} text={made.code} />}
      {made.pin === null ? null : <Secret label={words.newPin} text={made.pin} />}
    </>
  );
}

function carryOut(
  verb: Verb,
  card: Card,
  values: Values,
  idempotencyKey: string,
): Promise<Answered<unknown>> {
  const params = { id: card.id };
  const { reason, until, cause = 'lost' } = values;
  const amount = parseMoney(values.amount ?? '', card.currency) ?? 0;
  const asked = until === undefined || until === '' ? { reason } : { reason, until };
  const named = reason === undefined || reason === '' ? {} : { reason };
  const shared = { params, idempotencyKey };
  switch (verb) {
    case 'freeze':
      return ask('POST /v1/cards/{id}/freeze', { ...shared, body: { reason, cause } });
    case 'unfreeze':
      return ask('POST /v1/cards/{id}/unfreeze', { ...shared, body: { reason } });
    case 'adjust':
      return ask('POST /v1/cards/{id}/adjust', { ...shared, body: { amount, reason } });
    case 'extend':
      return ask('POST /v1/cards/{id}/extend', { ...shared, body: asked });
    case 'reactivate':
      return ask('POST /v1/cards/{id}/reactivate', { ...shared, body: asked });
    case 'void':
      return ask('POST /v1/cards/{id}/void', { ...shared, body: { reason } });
    case 'unlockPin':
      return ask('POST /v1/cards/{id}/unlock-pin', { ...shared, body: { reason } });
    case 'transfer':
      return ask('POST /v1/cards/{id}/transfer', { ...shared, body: named });
    case 'replace':
      return ask('POST /v1/cards/{id}/replace', { ...shared, body: named });
    case 'reload': {
      const { storeId = '', tender = '', reference = '' } = values;
      const body = { amount, storeId, payment: { tender, amount, reference } };
      return ask('POST /v1/cards/{id}/reload', { ...shared, body });
    }
  }
}
