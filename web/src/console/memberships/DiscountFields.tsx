import { Button, Form, Select } from 'antd';
import { useWords } from '../../ui/words.ts';
import { useCategoryChoices } from '../catalog/categories.ts';
import { PercentField } from '../kit/fields.tsx';
import { kitWords } from '../words.ts';
import { planWords } from './words.ts';

/** What comes off: everywhere, where all is paid by wallet, and by category. */
export function DiscountFields({ path }: { readonly path: (string | number)[] }) {
  const words = useWords(planWords);
  return (
    <>
      <div className="pair">
        <PercentField name={[...path, 'percent']} label={words.discount} hint={words.discountWhy} />
        <PercentField
          name={[...path, 'walletPercent']}
          label={words.walletDiscount}
          hint={words.walletDiscountWhy}
          optional
        />
      </div>
      <CategoryRates path={[...path, 'categories']} />
    </>
  );
}

function CategoryRates({ path }: { readonly path: (string | number)[] }) {
  const words = useWords(planWords);
  const kit = useWords(kitWords);
  const categories = useCategoryChoices();
  return (
    <Form.List name={path}>
      {(rows, { add, remove }) => (
        <div className="row-list">
          <h3>{words.byCategory}</h3>
          <p className="soft small">{categories.length === 0 ? words.noCategories : words.byCategoryWhy}</p>
          {rows.map(({ key, name }) => (
            <div className="row three" key={key}>
              <Form.Item
                name={[name, 'categoryId']}
                label={words.category}
                rules={[{ required: true, message: kit.required }]}
              >
                <Select showSearch={{ optionFilterProp: 'label' }} options={categories} />
              </Form.Item>
              <PercentField name={[name, 'percent']} label={words.discount} />
              <PercentField name={[name, 'walletPercent']} label={words.walletDiscount} optional />
              <Button type="link" danger onClick={() => remove(name)}>
                {kit.remove}
              </Button>
            </div>
          ))}
          {categories.length === 0 ? null : (
            <Button onClick={() => add({ percent: '0', walletPercent: '' })}>{kit.add}</Button>
          )}
        </div>
      )}
    </Form.List>
  );
}
