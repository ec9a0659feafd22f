import { Button, Form, Input, InputNumber, Select } from 'antd';
import { Icon } from '../../ui/icons.tsx';
import { useLanguage, useWords } from '../../ui/words.ts';
import { nameIn, useCategoryChoices, useProducts } from '../catalog/categories.ts';
import { useStores } from '../kit/names.ts';
import { type Draft, newRule } from './terms.ts';
import { pointWords } from './words.ts';

const rulesMax = 500;

/** Rules for some goods, categories or stores. */
export function RuleFields() {
  const words = useWords(pointWords);
  return (
    <Form.List name="rules">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <OneRule key={key} place={name} onRemove={() => remove(name)} />
          ))}
          {fields.length < rulesMax ? <Button onClick={() => add(newRule)}>{words.addRule}</Button> : null}
        </>
      )}
    </Form.List>
  );
}

function OneRule({ place, onRemove }: { readonly place: number; readonly onRemove: () => void }) {
  const words = useWords(pointWords);
  const language = useLanguage();
  const products = useProducts();
  const categories = useCategoryChoices();
  const stores = useStores();
  const form = Form.useFormInstance<Draft>();
  const kind: unknown = Form.useWatch(['rules', place, 'kind'], form);
  const any = { value: null, label: words.any };
  const choice = (
    name: 'productId' | 'categoryId' | 'storeId',
    label: string,
    options: { value: string; label: string }[],
  ) => (
    <Form.Item name={[place, name]} label={label}>
      <Select showSearch={{ optionFilterProp: 'label' }} options={[any, ...options]} />
    </Form.Item>
  );
  return (
    <div className="rule-fields">
      {choice(
        'productId',
        words.product,
        products.map((product) => ({ value: product.id, label: nameIn(product, language) })),
      )}
      {choice('categoryId', words.category, categories)}
      {choice(
        'storeId',
        words.store,
        stores.map(({ id, name }) => ({ value: id, label: name })),
      )}
      <Form.Item name={[place, 'kind']} label={words.kind}>
        <Select
          options={[
            { value: 'times', label: words.times },
            { value: 'each', label: words.each },
            { value: 'none', label: words.noPoints },
          ]}
        />
      </Form.Item>
      {kind === 'none' ? null : (
        <Form.Item name={[place, 'value']} label={words.value}>
          {kind === 'each' ? (
            <InputNumber min={0} max={1_000_000} precision={0} style={{ width: '100%' }} />
          ) : (
            <InputNumber min={0} max={100} step={0.5} style={{ width: '100%' }} />
          )}
        </Form.Item>
      )}
      <Form.Item name={[place, 'firstDay']} label={words.firstDay}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name={[place, 'lastDay']} label={words.lastDay}>
        <Input type="date" />
      </Form.Item>
      <Button
        type="text"
        aria-label={words.removeRule}
        icon={<Icon name="cross" size={16} />}
        onClick={onRemove}
      />
    </div>
  );
}
