import { Form, Select } from 'antd';
import { useLanguage, useWords } from '../../ui/words.ts';
import { nameIn, useCategoryChoices, useCategoryName, useProducts } from '../catalog/categories.ts';
import { useStoreName, useStores } from '../kit/names.ts';
import type { Rule } from './terms.ts';
import { bonusWords } from './words.ts';

/** Where, and for which goods, a bonus pays. */
export function ScopeFields() {
  const words = useWords(bonusWords);
  const language = useLanguage();
  const goods = useProducts().map((product) => ({ value: product.id, label: nameIn(product, language) }));
  const stores = useStores().map(({ id, name }) => ({ value: id, label: name }));
  const choice = (name: keyof Rule['scope'], label: string, any: string, options: typeof goods) => (
    <Form.Item name={['scope', name]} label={label}>
      <Select
        mode="multiple"
        placeholder={any}
        showSearch={{ optionFilterProp: 'label' }}
        options={options}
      />
    </Form.Item>
  );
  return (
    <>
      <p className="soft small under">{words.scopeWhy}</p>
      <div className="pair">
        {choice('categoryIds', words.scopeCategories, words.anyGoods, useCategoryChoices())}
        {choice('productIds', words.scopeProducts, words.anyGoods, goods)}
      </div>
      {choice('storeIds', words.scopeStores, words.everywhere, stores)}
    </>
  );
}

/** Where and for what a bonus pays, in words. What is in the catalog is read only where there are such bounds. */
export function ScopeText({ scope }: { readonly scope: Rule['scope'] }) {
  return useScopeText()(scope);
}

/** A scope in words; undefined where it sets no bounds. */
export function useScopeText(): (scope: Rule['scope']) => string | undefined {
  const words = useWords(bonusWords);
  const language = useLanguage();
  const storeName = useStoreName();
  const categoryName = useCategoryName();
  const products = useProducts();
  const productName = (id: string) => {
    const found = products.find((product) => product.id === id);
    return found ? nameIn(found, language) : id;
  };
  return (scope) => {
    const goods = [...scope.categoryIds.map(categoryName), ...scope.productIds.map(productName)];
    const parts = [
      ...(goods.length === 0 ? [] : [words.onlyFor(goods)]),
      ...(scope.storeIds.length === 0 ? [] : [words.onlyAt(scope.storeIds.map(storeName))]),
    ];
    return parts.length === 0 ? undefined : parts.join(' · ');
  };
}
