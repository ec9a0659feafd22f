import { Form, Radio, Select } from 'antd';
import { useCommand } from '../../ui/asking.ts';
import { decimalText, parseMoney } from '../../ui/money.ts';
import { useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { MoneyField, TextField } from '../kit/fields.tsx';
import { type Product, useCategoryChoices } from './categories.ts';
import { catalogWords } from './words.ts';

type Values = {
  readonly sku: string;
  readonly zh: string;
  readonly en?: string;
  readonly categoryId?: string | null;
  readonly price: string;
  readonly cost?: string;
  readonly state: Product['state'];
};

/** Adds a product, or changes what is said of one. */
export function ProductDialog({
  product,
  onClose,
}: {
  readonly product: Product | undefined;
  readonly onClose: () => void;
}) {
  const words = useWords(catalogWords);
  const { currency } = useSession().merchant;
  const choices = useCategoryChoices();
  const add = useCommand('POST /v1/products');
  const change = useCommand('PATCH /v1/products/{id}');
  const text = (amount: number | null | undefined) => (amount == null ? '' : decimalText(amount, currency));
  const title = product ? words.change : words.add;
  return (
    <ActionDialog<Values, unknown>
      title={title}
      action={title}
      initial={{
        ...(product ? { sku: product.sku, zh: product.name.zh, en: product.name.en ?? '' } : {}),
        categoryId: product?.categoryId ?? null,
        price: text(product?.price),
        cost: text(product?.cost),
        state: product?.state ?? 'sold',
      }}
      submit={({ sku, zh, en = '', categoryId = null, price, cost = '', state }, idempotencyKey) => {
        const body = {
          name: { zh: zh.trim(), en: en.trim() || null },
          categoryId: categoryId || null,
          price: parseMoney(price, currency) ?? 0,
          cost: cost === '' ? null : (parseMoney(cost, currency) ?? null),
        };
        return product
          ? change.mutateAsync({ params: { id: product.id }, body: { ...body, state }, idempotencyKey })
          : add.mutateAsync({ body: { ...body, sku: sku.trim() }, idempotencyKey });
      }}
      onClose={onClose}
    >
      {product ? null : <TextField name="sku" label={words.sku} hint={words.skuHint} max={64} />}
      <TextField name="zh" label={words.nameZh} max={200} />
      <TextField name="en" label={words.nameEn} max={200} optional />
      <Form.Item name="categoryId" label={words.category}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={[{ value: null, label: words.noCategory }, ...choices]}
        />
      </Form.Item>
      <div className="pair">
        <MoneyField name="price" label={words.price} currency={currency} orNothing />
        <MoneyField name="cost" label={words.cost} currency={currency} optional orNothing />
      </div>
      {product ? (
        <Form.Item name="state" label={words.state}>
          <Radio.Group
            optionType="button"
            options={(['sold', 'retired'] as const).map((value) => ({ value, label: words[value] }))}
          />
        </Form.Item>
      ) : null}
    </ActionDialog>
  );
}
