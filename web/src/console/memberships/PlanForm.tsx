import { Button, Form, InputNumber, Radio } from 'antd';
import { useWords } from '../../ui/words.ts';
import { MoneyField, TextField } from '../kit/fields.tsx';
import { ErrorNote } from '../kit/Notes.tsx';
import { Panel } from '../kit/Page.tsx';
import { DiscountFields } from './DiscountFields.tsx';
import { type PlanDraft, spanKinds } from './plan.ts';
import { SpanFields } from './SpanFields.tsx';
import { planWords } from './words.ts';

type Props = {
  readonly initial: PlanDraft;
  readonly currency: string;
  readonly action: string;
  readonly busy: boolean;
  readonly readOnly?: boolean;
  readonly error: Error | null;
  readonly onSave: (draft: PlanDraft) => void;
};

/** The terms of a card type. */
export function PlanForm({ initial, currency, action, busy, readOnly = false, error, onSave }: Props) {
  const words = useWords(planWords);
  return (
    <Form<PlanDraft>
      layout="vertical"
      className="narrow-form"
      requiredMark={false}
      initialValues={initial}
      disabled={busy || readOnly}
      onFinish={(all) => onSave({ ...initial, ...all })}
    >
      <Panel title={words.name}>
        <div className="pair">
          <TextField name="nameZh" label={words.nameZh} max={100} />
          <TextField name="nameEn" label={words.nameEn} max={100} optional />
        </div>
      </Panel>
      <Panel title={words.terms}>
        <Form.Item name="kind" label={words.span} extra={words.spanWhy}>
          <Radio.Group
            optionType="button"
            options={spanKinds.map((kind) => ({ value: kind, label: words[kind] }))}
          />
        </Form.Item>
        <Form.Item noStyle shouldUpdate={(before: PlanDraft, after: PlanDraft) => before.kind !== after.kind}>
          {({ getFieldValue }) => (getFieldValue('kind') === 'own' ? <SpanFields path={[]} /> : null)}
        </Form.Item>
        <MoneyField name="price" label={words.price} currency={currency} hint={words.priceWhy} orNothing />
        <div className="pair">
          <Form.Item name="graceDays" label={words.grace} extra={words.graceWhy}>
            <InputNumber min={0} max={366} precision={0} />
          </Form.Item>
          <Form.Item name="pauseDaysMax" label={words.pause} extra={words.pauseWhy}>
            <InputNumber min={0} max={3660} precision={0} />
          </Form.Item>
        </div>
      </Panel>
      <Panel title={words.discount}>
        <DiscountFields path={['discount']} />
      </Panel>
      <ErrorNote error={error} />
      {readOnly ? null : (
        <Button type="primary" htmlType="submit" size="large" loading={busy}>
          {action}
        </Button>
      )}
    </Form>
  );
}
