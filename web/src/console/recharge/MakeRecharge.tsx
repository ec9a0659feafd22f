import { Form, InputNumber, Select } from 'antd';
import { useCommand } from '../../ui/asking.ts';
import { parseMoney } from '../../ui/money.ts';
import { useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { MoneyField, TextField } from '../kit/fields.tsx';
import { useStores } from '../kit/names.ts';
import { kitWords } from '../words.ts';
import { rechargeWords } from './words.ts';

type Values = {
  readonly name: string;
  readonly faceValue: string;
  readonly salePrice?: string;
  readonly bonus?: string;
  readonly quantity: number;
  readonly days?: number | null;
  readonly activation: 'on_sale' | 'on_release';
  readonly storeId?: string;
};

/** Has a batch of recharge cards made. */
export function MakeRecharge({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(rechargeWords);
  const { currency } = useSession().merchant;
  const make = useCommand('POST /v1/recharge-card-batches');
  const amount = (text: string | undefined) => (text ? parseMoney(text, currency) : undefined);
  return (
    <ActionDialog<Values, unknown>
      title={words.add}
      action={words.add}
      initial={{ quantity: 100, activation: 'on_sale' }}
      submit={async ({ name, quantity, days, activation, storeId, ...sums }, idempotencyKey) => {
        const salePrice = amount(sums.salePrice);
        const bonus = amount(sums.bonus);
        const body = {
          name,
          quantity,
          activation,
          faceValue: amount(sums.faceValue) ?? 0,
          ...(salePrice === undefined ? {} : { salePrice }),
          ...(bonus === undefined ? {} : { bonus }),
          ...(activation === 'on_release' && storeId !== undefined ? { storeId } : {}),
          ...(days ? { validity: { type: 'after' as const, count: days, unit: 'days' as const } } : {}),
        };
        // It goes on in the background, which is not the same as waiting for somebody's approval.
        return { ...(await make.mutateAsync({ body, idempotencyKey })), status: 200 };
      }}
      onClose={onClose}
    >
      <Fields currency={currency} />
    </ActionDialog>
  );
}

function Fields({ currency }: { readonly currency: string }) {
  const words = useWords(rechargeWords);
  const kit = useWords(kitWords);
  const stores = useStores();
  const form = Form.useFormInstance<Values>();
  const activation = Form.useWatch('activation', form);
  const rules = [{ required: true, message: kit.required }];
  return (
    <>
      <TextField name="name" label={words.name} max={80} />
      <MoneyField name="faceValue" label={words.faceValue} currency={currency} />
      <MoneyField
        name="salePrice"
        label={words.salePrice}
        currency={currency}
        optional
        orNothing
        hint={words.salePriceHint}
      />
      <MoneyField name="bonus" label={words.bonus} currency={currency} optional orNothing />
      <Form.Item name="quantity" label={words.quantity} extra={words.quantityHint} rules={rules}>
        <InputNumber min={1} max={1_000_000} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="days" label={words.validDays} extra={words.validDaysHint}>
        <InputNumber min={1} max={36_500} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="activation" label={words.activation} rules={rules}>
        <Select
          options={(['on_sale', 'on_release'] as const).map((value) => ({ value, label: words[value] }))}
        />
      </Form.Item>
      {activation === 'on_release' ? (
        <Form.Item name="storeId" label={words.store} rules={rules}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={stores.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      ) : null}
    </>
  );
}
