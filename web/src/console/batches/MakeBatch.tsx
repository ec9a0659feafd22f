import { Form, InputNumber, Select } from 'antd';
import { useCommand } from '../../ui/asking.ts';
import { decimalText, formatMoney, parseMoney } from '../../ui/money.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { MoneyField } from '../kit/fields.tsx';
import { type Program, usePrograms } from '../kit/names.ts';
import { kitWords } from '../words.ts';
import { batchWords } from './words.ts';

type Values = { readonly programId: string; readonly faceValue: string; readonly quantity: number };

/** Has cards made of a program. */
export function MakeBatch({
  onClose,
  programId,
  quantity = 100,
}: {
  readonly onClose: () => void;
  readonly programId?: string;
  readonly quantity?: number;
}) {
  const words = useWords(batchWords);
  const make = useCommand('POST /v1/card-batches');
  const programs = usePrograms().filter(({ state }) => state === 'active');
  return (
    <ActionDialog<Values, unknown>
      title={words.add}
      action={words.add}
      initial={{ quantity, ...(programId === undefined ? {} : { programId }) }}
      submit={async ({ programId: id, faceValue, quantity: count }, idempotencyKey) => {
        const currency = programs.find((program) => program.id === id)?.currency ?? '';
        const body = { programId: id, quantity: count, faceValue: parseMoney(faceValue, currency) ?? 0 };
        // It goes on in the background, which is not the same as waiting for somebody's approval.
        return { ...(await make.mutateAsync({ body, idempotencyKey })), status: 200 };
      }}
      onClose={onClose}
    >
      <BatchFields programs={programs} />
    </ActionDialog>
  );
}

function BatchFields({ programs }: { readonly programs: readonly Program[] }) {
  const words = useWords(batchWords);
  const kit = useWords(kitWords);
  const language = useLanguage();
  const form = Form.useFormInstance<Values>();
  const programId = Form.useWatch('programId', form);
  const program = programs.find(({ id }) => id === programId);
  const rules = [{ required: true, message: kit.required }];
  return (
    <>
      <Form.Item name="programId" label={words.program} rules={rules}>
        <Select
          options={programs.map(({ id, name }) => ({ value: id, label: name[language] }))}
          onChange={() => form.setFieldValue('faceValue', undefined)}
        />
      </Form.Item>
      {program === undefined ? null : program.range === null ? (
        <Form.Item name="faceValue" label={words.faceValue} rules={rules}>
          <Select
            options={program.denominations.map((amount) => ({
              value: decimalText(amount, program.currency),
              label: formatMoney(amount, program.currency, localeOf(language)),
            }))}
          />
        </Form.Item>
      ) : (
        <MoneyField name="faceValue" label={words.faceValue} currency={program.currency} />
      )}
      <Form.Item name="quantity" label={words.quantity} extra={words.quantityHint} rules={rules}>
        <InputNumber min={1} max={1_000_000} precision={0} style={{ width: '100%' }} />
      </Form.Item>
    </>
  );
}
