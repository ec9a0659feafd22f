import { Button, Form, Input, InputNumber, Select } from 'antd';
import { Icon } from '../../ui/icons.tsx';
import { useMay, useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { useTemplateChoices } from '../coupons/names.ts';
import { MoneyField } from '../kit/fields.tsx';
import { type Draft, ppmOf } from './terms.ts';
import { bonusWords } from './words.ts';

const stepsMax = 20;

/** The steps of a ladder: from how much on what is given. */
export function StepFields() {
  const words = useWords(bonusWords);
  return (
    <Form.List name="steps">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <OneStep key={key} place={name} onRemove={fields.length > 1 ? () => remove(name) : undefined} />
          ))}
          {fields.length < stepsMax ? (
            <Button onClick={() => add({ from: '', kind: 'sum', given: '' })}>{words.addStep}</Button>
          ) : null}
        </>
      )}
    </Form.List>
  );
}

function OneStep({
  place,
  onRemove,
}: {
  readonly place: number;
  readonly onRemove: (() => void) | undefined;
}) {
  const words = useWords(bonusWords);
  const { currency } = useSession().merchant;
  const mayCoupons = useMay('coupons.read');
  const form = Form.useFormInstance<Draft>();
  const kind: unknown = Form.useWatch(['steps', place, 'kind'], form);
  return (
    <div className="step-fields">
      <MoneyField name={[place, 'from']} label={words.from} currency={currency} />
      <Form.Item name={[place, 'kind']} label={words.how}>
        <Select
          options={[
            { value: 'sum', label: words.sum },
            { value: 'percent', label: words.percent },
            { value: 'points', label: words.points },
            ...(mayCoupons ? [{ value: 'coupons', label: words.coupons }] : []),
          ]}
        />
      </Form.Item>
      {kind === 'points' ? <PointsGiven place={place} /> : null}
      {kind === 'coupons' ? <CouponsGiven place={place} /> : null}
      {kind === 'percent' ? (
        <Form.Item
          name={[place, 'given']}
          label={words.percentGiven}
          rules={[
            {
              validator: (_rule, text: string | undefined) =>
                ppmOf(text ?? '') === undefined
                  ? Promise.reject(new Error(words.badPercent))
                  : Promise.resolve(),
            },
          ]}
        >
          <Input suffix="%" inputMode="decimal" autoComplete="off" />
        </Form.Item>
      ) : null}
      {kind === 'sum' ? <MoneyField name={[place, 'given']} label={words.given} currency={currency} /> : null}
      {onRemove ? (
        <Button
          type="text"
          aria-label={words.removeStep}
          icon={<Icon name="cross" size={16} />}
          onClick={onRemove}
        />
      ) : null}
    </div>
  );
}

/** Which coupons, and how many of them. */
function CouponsGiven({ place }: { readonly place: number }) {
  const words = useWords(bonusWords);
  const options = useTemplateChoices(() => true);
  return (
    <div className="coupon-step">
      <Form.Item
        name={[place, 'templateId']}
        label={words.couponsGiven}
        rules={[{ required: true, message: words.noCoupon }]}
      >
        <Select options={options ?? []} showSearch={{ optionFilterProp: 'label' }} loading={!options} />
      </Form.Item>
      <Form.Item
        name={[place, 'count']}
        label={words.couponCount}
        rules={[{ required: true, message: words.badPoints }]}
      >
        <InputNumber min={1} max={20} precision={0} style={{ width: '100%' }} />
      </Form.Item>
    </div>
  );
}

function PointsGiven({ place }: { readonly place: number }) {
  const words = useWords(bonusWords);
  return (
    <Form.Item
      name={[place, 'points']}
      label={words.pointsGiven}
      rules={[{ required: true, message: words.badPoints }]}
    >
      <InputNumber min={1} max={1_000_000_000_000} precision={0} style={{ width: '100%' }} />
    </Form.Item>
  );
}
