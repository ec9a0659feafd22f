import { Button, Form, Select, Skeleton, Space } from 'antd';
import { useCommand } from '../../ui/asking.ts';
import { useLanguage, useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { TextField } from '../kit/fields.tsx';
import { Nothing } from '../kit/Notes.tsx';
import { type Category, inTree, nameIn, useCategories, useCategoryChoices } from './categories.ts';
import { catalogWords } from './words.ts';

/** A category to be renamed, or one to be added under another. */
export type CategoryTask = {
  readonly category: Category | undefined;
  readonly parentId: string | null;
};

const levelsMax = 6;

/** The tree of categories, each below what it is under. */
export function CategoryTree({ onTask }: { readonly onTask: ((task: CategoryTask) => void) | undefined }) {
  const words = useWords(catalogWords);
  const language = useLanguage();
  const categories = useCategories();
  if (!categories) return <Skeleton active />;
  return (
    <section className="panel">
      {categories.length === 0 ? <Nothing text={words.noCategories} /> : null}
      <ul className="lots">
        {inTree(categories).map(({ category, level }) => (
          <li key={category.id}>
            <span style={{ paddingInlineStart: level * 24 }}>{nameIn(category, language)}</span>
            {onTask ? (
              <Space size={0}>
                {level + 1 < levelsMax ? (
                  <Button
                    type="link"
                    size="small"
                    onClick={() => onTask({ category: undefined, parentId: category.id })}
                  >
                    {words.addUnder}
                  </Button>
                ) : null}
                <Button
                  type="link"
                  size="small"
                  onClick={() => onTask({ category, parentId: category.parentId })}
                >
                  {words.rename}
                </Button>
              </Space>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

type Values = { readonly zh: string; readonly en?: string; readonly parentId?: string | null };
type DialogProps = { readonly task: CategoryTask; readonly onClose: () => void };

export function CategoryDialog({ task: { category, parentId }, onClose }: DialogProps) {
  const words = useWords(catalogWords);
  const choices = useCategoryChoices();
  const add = useCommand('POST /v1/product-categories');
  const rename = useCommand('PATCH /v1/product-categories/{id}');
  const title = category ? words.rename : words.addCategory;
  return (
    <ActionDialog<Values, unknown>
      title={title}
      action={title}
      initial={{ parentId, zh: category?.name.zh ?? '', en: category?.name.en ?? '' }}
      submit={({ zh, en = '', parentId: under = null }, idempotencyKey) => {
        const name = { zh: zh.trim(), en: en.trim() || null };
        return category
          ? rename.mutateAsync({ params: { id: category.id }, body: { name }, idempotencyKey })
          : add.mutateAsync({ body: { name, parentId: under }, idempotencyKey });
      }}
      onClose={onClose}
    >
      <TextField name="zh" label={words.nameZh} max={100} />
      <TextField name="en" label={words.nameEn} max={100} optional />
      {category ? null : (
        <Form.Item name="parentId" label={words.parent}>
          <Select options={[{ value: null, label: words.onTop }, ...choices]} />
        </Form.Item>
      )}
    </ActionDialog>
  );
}
