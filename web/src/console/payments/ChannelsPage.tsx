import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import type { BodyOf, ItemOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { type Column, momentColumn, textColumn } from '../kit/columns.tsx';
import { TextField } from '../kit/fields.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { ErrorNote, Guarded, Nothing } from '../kit/Notes.tsx';
import { useStoreName, useStores } from '../kit/names.ts';
import { Page } from '../kit/Page.tsx';
import { kitWords } from '../words.ts';
import { channelWords } from './words.ts';

type Channel = ItemOf<'GET /v1/payment-channels'>;
type Kind = Channel['kind'];

/** By what members can pay. */
export function ChannelsPage() {
  const words = useWords(channelWords);
  const may = useMay('payments.write');
  const [isAdding, setAdding] = useState(false);
  const update = useCommand('PATCH /v1/payment-channels/{id}');
  const add = may ? (
    <Button type="primary" onClick={() => setAdding(true)}>
      {words.add}
    </Button>
  ) : null;
  const turn = ({ id, state }: Channel) =>
    update.mutate({ params: { id }, body: { state: state === 'active' ? 'disabled' : 'active' } });
  return (
    <Guarded by="payments.read">
      <Page title={words.title} lead={words.lead} actions={add}>
        <ErrorNote error={update.error} />
        <ListTable
          name="GET /v1/payment-channels"
          parts={{}}
          columns={useChannelColumns(may ? turn : undefined)}
          rowKey={({ id }) => id}
          filename="payment-channels"
          empty={<Nothing text={words.nothing} action={add} />}
        />
        {isAdding ? <AddChannel onClose={() => setAdding(false)} /> : null}
      </Page>
    </Guarded>
  );
}

function useChannelColumns(turn?: (channel: Channel) => void): readonly Column<Channel>[] {
  const words = useWords(channelWords);
  const kit = useWords(kitWords);
  const storeName = useStoreName();
  return [
    textColumn({ key: 'name', title: words.name }, ({ name }) => name),
    textColumn({ key: 'kind', title: words.kind }, ({ kind }) => words[kind]),
    {
      key: 'account',
      title: words.account,
      show: ({ account }) => <span className="mono">{account}</span>,
      cell: ({ account }) => account,
    },
    textColumn({ key: 'store', title: words.store }, ({ storeId }) => storeName(storeId)),
    textColumn({ key: 'late', title: words.lateRule }, ({ lateRule }) => words[lateRule]),
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => (
        <span className={`mark ${state === 'active' ? 'good' : 'quiet'}`}>{words[state]}</span>
      ),
      cell: ({ state }) => words[state],
    },
    momentColumn({ key: 'created', title: kit.created }, ({ createdAt }) => createdAt),
    {
      key: 'verbs',
      title: '',
      show: (channel) =>
        turn ? (
          <Button type="link" size="small" onClick={() => turn(channel)}>
            {channel.state === 'active' ? words.disable : words.enable}
          </Button>
        ) : null,
      cell: () => null,
    },
  ];
}

const short = { alipay: ['appId'], wechat: ['mchId', 'appId', 'serialNo', 'platformSerial'] } as const;
/** What each kind of channel asks for: in one line, hidden, or in many. */
const fields = {
  alipay: { lines: short.alipay, hidden: [], texts: ['privateKey', 'alipayPublicKey'] },
  wechat: { lines: short.wechat, hidden: ['apiV3Key'], texts: ['privateKey', 'platformKey'] },
  stripe: { lines: ['accountId'], hidden: ['secretKey', 'webhookSecret'], texts: [] },
  bank_card: { lines: ['merchantNo'], hidden: [], texts: ['privateKey', 'acquirerKey'] },
} as const satisfies Readonly<
  Record<Kind, Readonly<Record<'lines' | 'hidden' | 'texts', readonly (keyof typeof channelWords.zh)[]>>>
>;
const kinds = ['alipay', 'wechat', 'stripe', 'bank_card'] as const satisfies readonly Kind[];

type Body = BodyOf<'POST /v1/payment-channels'>;
type Values = Omit<Body, 'credentials'> & {
  readonly kind: Kind;
  readonly keys: Readonly<Record<string, string>>;
};

function AddChannel({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(channelWords);
  const create = useCommand('POST /v1/payment-channels');
  return (
    <ActionDialog<Values, unknown>
      title={words.add}
      action={words.add}
      initial={{ kind: 'alipay', lateRule: 'refund', publicUrl: location.origin }}
      submit={({ kind, keys, baseUrl, ...rest }) => {
        // The server says which of them is missing or wrong.
        const credentials = { kind, ...keys } as unknown as Body['credentials'];
        return create.mutateAsync({ body: { ...rest, ...(baseUrl ? { baseUrl } : {}), credentials } });
      }}
      onClose={onClose}
    >
      <Fields />
    </ActionDialog>
  );
}

function Fields() {
  const words = useWords(channelWords);
  const kit = useWords(kitWords);
  const stores = useStores();
  const form = Form.useFormInstance<Values>();
  const kind = Form.useWatch('kind', form) ?? 'alipay';
  const rules = [{ required: true, message: kit.required }];
  const { lines, hidden, texts } = fields[kind];
  return (
    <>
      <Form.Item name="kind" label={words.kind} rules={rules}>
        <Select options={kinds.map((value) => ({ value, label: words[value] }))} />
      </Form.Item>
      <TextField name="name" label={words.name} hint={words.nameHint} max={80} />
      <Form.Item name="storeId" label={words.store} rules={rules}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={stores.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      {lines.map((name) => (
        <TextField key={name} name={['keys', name]} label={words[name]} />
      ))}
      {hidden.map((name) => (
        <Form.Item key={name} name={['keys', name]} label={words[name]} rules={rules}>
          <Input.Password autoComplete="off" />
        </Form.Item>
      ))}
      {texts.map((name) => (
        <Form.Item key={name} name={['keys', name]} label={words[name]} rules={rules}>
          <Input.TextArea rows={3} autoComplete="off" spellCheck={false} />
        </Form.Item>
      ))}
      <TextField
        name="baseUrl"
        label={words.baseUrl}
        hint={words.baseUrlHint}
        optional={kind !== 'bank_card'}
      />
      <TextField name="publicUrl" label={words.publicUrl} hint={words.publicUrlHint} />
      <Form.Item name="lateRule" label={words.lateRule} rules={rules}>
        <Select options={(['refund', 'credit'] as const).map((value) => ({ value, label: words[value] }))} />
      </Form.Item>
    </>
  );
}
