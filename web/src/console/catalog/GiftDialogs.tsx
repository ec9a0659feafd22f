import { Checkbox, Form, InputNumber, Select } from 'antd';
import type { ItemOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { useLanguage, useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { ReasonField, TextField } from '../kit/fields.tsx';
import { useStores } from '../kit/names.ts';
import { kitWords } from '../words.ts';
import { nameIn, useProducts } from './categories.ts';
import { catalogWords, giftWords } from './words.ts';

type Gift = ItemOf<'GET /v1/gift-items'>;
type Values = {
  readonly zh: string;
  readonly en?: string;
  readonly points: number;
  readonly productId?: string | null;
  readonly isOffered?: boolean;
};

/** Offers something for points, or changes what it costs. */
export function GiftDialog({
  gift,
  onClose,
}: {
  readonly gift: Gift | undefined;
  readonly onClose: () => void;
}) {
  const words = useWords(giftWords);
  const catalog = useWords(catalogWords);
  const kit = useWords(kitWords);
  const language = useLanguage();
  const products = useProducts();
  const add = useCommand('POST /v1/gift-items');
  const change = useCommand('PATCH /v1/gift-items/{id}');
  const title = gift ? catalog.change : words.add;
  return (
    <ActionDialog<Values, unknown>
      title={title}
      action={title}
      initial={{
        ...(gift ? { zh: gift.name.zh, en: gift.name.en ?? '', points: gift.points } : {}),
        productId: null,
        isOffered: gift?.state !== 'resting',
      }}
      submit={({ zh, en = '', points, productId = null, isOffered = false }, idempotencyKey) => {
        const body = { name: { zh: zh.trim(), en: en.trim() || null }, points };
        const state = isOffered ? ('offered' as const) : ('resting' as const);
        return gift
          ? change.mutateAsync({ params: { id: gift.id }, body: { ...body, state }, idempotencyKey })
          : add.mutateAsync({ body: { ...body, productId }, idempotencyKey });
      }}
      onClose={onClose}
    >
      <TextField name="zh" label={catalog.nameZh} max={200} />
      <TextField name="en" label={catalog.nameEn} max={200} optional />
      <Form.Item name="points" label={words.points} rules={[{ required: true, message: kit.required }]}>
        <InputNumber min={1} max={1_000_000_000} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      {gift ? (
        <Form.Item name="isOffered" valuePropName="checked">
          <Checkbox>{words.isOffered}</Checkbox>
        </Form.Item>
      ) : (
        <Form.Item name="productId" label={words.product}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={[
              { value: null, label: words.noProduct },
              ...products.map((product) => ({ value: product.id, label: nameIn(product, language) })),
            ]}
          />
        </Form.Item>
      )}
    </ActionDialog>
  );
}

type Booked = { readonly storeId: string; readonly pieces: number; readonly reason: string };

/** Books pieces of a gift into a store, or out of it. */
export function StockDialog({ gift, onClose }: { readonly gift: Gift; readonly onClose: () => void }) {
  const words = useWords(giftWords);
  const kit = useWords(kitWords);
  const language = useLanguage();
  const stores = useStores();
  const book = useCommand('POST /v1/gift-items/{id}/stock');
  const rules = [{ required: true, message: kit.required }];
  return (
    <ActionDialog<Booked, unknown>
      title={`${words.book} · ${nameIn(gift, language)}`}
      action={words.book}
      submit={(body, idempotencyKey) => book.mutateAsync({ params: { id: gift.id }, body, idempotencyKey })}
      onClose={onClose}
    >
      <Form.Item name="storeId" label={words.store} rules={rules}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={stores.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="pieces" label={words.pieces} extra={words.piecesHint} rules={rules}>
        <InputNumber min={-1_000_000} max={1_000_000} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <ReasonField max={200} />
    </ActionDialog>
  );
}
