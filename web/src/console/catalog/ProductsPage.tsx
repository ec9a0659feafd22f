import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useMay, useSession } from '../../ui/session.ts';
import { useLanguage, useWords } from '../../ui/words.ts';
import { ChoiceFilter } from '../kit/ChoiceFilter.tsx';
import { type Column, moneyColumn, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { Page } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { WhichList } from '../kit/WhichList.tsx';
import { CategoryDialog, type CategoryTask, CategoryTree } from './CategoryTree.tsx';
import { nameIn, type Product, useCategoryChoices, useCategoryName } from './categories.ts';
import { ProductDialog } from './ProductDialog.tsx';
import { catalogWords } from './words.ts';

type Asked = { readonly product: Product | undefined };

/** What is sold, and the tree of categories. */
export function ProductsPage() {
  return (
    <Guarded by="catalog.read">
      <Catalogue />
    </Guarded>
  );
}

function Catalogue() {
  const words = useWords(catalogWords);
  const may = useMay('catalog.write');
  const { values, set } = useFilters(['list', 'categoryId', 'state', 'words']);
  const [asked, setAsked] = useState<Asked>();
  const [task, setTask] = useState<CategoryTask>();
  const isTree = values.list === 'categories';
  const add = isTree ? (
    <Button type="primary" onClick={() => setTask({ category: undefined, parentId: null })}>
      {words.addCategory}
    </Button>
  ) : (
    <Button type="primary" onClick={() => setAsked({ product: undefined })}>
      {words.add}
    </Button>
  );
  return (
    <Page title={words.title} lead={words.lead} actions={may ? add : undefined}>
      <WhichList
        value={isTree ? 'categories' : 'products'}
        onChoose={(list) => set({ list })}
        lists={[
          { value: 'products', label: words.products },
          { value: 'categories', label: words.categories },
        ]}
      />
      {isTree ? (
        <CategoryTree onTask={may ? setTask : undefined} />
      ) : (
        <Products onChange={may ? setAsked : undefined} />
      )}
      {asked ? <ProductDialog product={asked.product} onClose={() => setAsked(undefined)} /> : null}
      {task ? <CategoryDialog task={task} onClose={() => setTask(undefined)} /> : null}
    </Page>
  );
}

const states = ['sold', 'retired'] as const;

function Products({ onChange }: { readonly onChange: ((asked: Asked) => void) | undefined }) {
  const words = useWords(catalogWords);
  const { values, set } = useFilters(['list', 'categoryId', 'state', 'words']);
  const choices = useCategoryChoices();
  const state = states.find((one) => one === values.state);
  const { categoryId, words: named } = values;
  const isFiltered = categoryId !== undefined || named !== undefined || state !== undefined;
  return (
    <ListTable
      name="GET /v1/products"
      parts={{ query: { categoryId, state, words: named } }}
      columns={useProductColumns(onChange)}
      rowKey={({ id }) => id}
      filename="products"
      empty={<Nothing text={isFiltered ? words.nothingFound : words.nothing} />}
      filters={
        <>
          <Input.Search
            className="filter wide"
            aria-label={words.find}
            placeholder={words.find}
            allowClear
            defaultValue={named ?? ''}
            onSearch={(text) => set({ words: text.trim() || undefined })}
          />
          <Select
            className="filter"
            aria-label={words.category}
            value={categoryId ?? ''}
            onChange={(wanted) => set({ categoryId: wanted })}
            options={[{ value: '', label: words.anyCategory }, ...choices]}
          />
          <ChoiceFilter
            label={words.state}
            any={words.anyState}
            value={state}
            options={states.map((one) => ({ value: one, label: words[one] }))}
            onChoose={(wanted) => set({ state: wanted })}
          />
        </>
      }
    />
  );
}

function useProductColumns(onChange?: (asked: Asked) => void): readonly Column<Product>[] {
  const words = useWords(catalogWords);
  const language = useLanguage();
  const categoryName = useCategoryName();
  const { currency } = useSession().merchant;
  const priced = moneyColumn<Product>(
    { key: 'price', title: words.price },
    ({ price }) => price,
    () => currency,
  );
  const costed = moneyColumn<Product>(
    { key: 'cost', title: words.cost },
    ({ cost }) => cost ?? 0,
    () => currency,
  );
  return [
    textColumn({ key: 'sku', title: words.sku }, ({ sku }) => sku),
    textColumn({ key: 'name', title: words.name }, (product) => nameIn(product, language)),
    textColumn({ key: 'category', title: words.category }, ({ categoryId }) =>
      categoryId === null ? null : categoryName(categoryId),
    ),
    priced,
    ...(onChange
      ? [
          {
            ...costed,
            show: (product: Product) =>
              product.cost === null ? <span className="none">–</span> : costed.show(product),
            cell: (product: Product) => (product.cost === null ? null : costed.cell(product)),
          },
        ]
      : []),
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => <span className={state === 'sold' ? 'mark good' : 'mark'}>{words[state]}</span>,
      cell: ({ state }) => words[state],
    },
    {
      key: 'verbs',
      title: '',
      show: (product) =>
        onChange ? (
          <Button type="link" size="small" onClick={() => onChange({ product })}>
            {words.change}
          </Button>
        ) : null,
      cell: () => null,
    },
  ];
}
