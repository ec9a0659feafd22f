import { Button, Form, Popconfirm, Select, Space } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { type Column, Moment, momentColumn, textColumn } from '../kit/columns.tsx';
import { TextField } from '../kit/fields.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { ErrorNote, Guarded, Nothing } from '../kit/Notes.tsx';
import { useStoreName, useStores } from '../kit/names.ts';
import { Page } from '../kit/Page.tsx';
import { kitWords } from '../words.ts';
import { DeviceLimitsDialog, useLimitsText } from './LimitsDialog.tsx';
import { PairDialog } from './PairDialog.tsx';
import { deviceWords } from './words.ts';

type Device = ItemOf<'GET /v1/devices'>;

export function DevicesPage() {
  const words = useWords(deviceWords);
  const may = useMay('stores.write');
  const [isAdding, setAdding] = useState(false);
  const [asked, setAsked] = useState<{ readonly what: 'change' | 'pair'; readonly device: Device }>();
  const revoke = useCommand('POST /v1/devices/{id}/revoke');
  const add = may ? (
    <Button type="primary" onClick={() => setAdding(true)}>
      {words.add}
    </Button>
  ) : null;
  return (
    <Guarded by="stores.read">
      <Page title={words.title} lead={words.lead} actions={add}>
        <ErrorNote error={revoke.error} />
        <ListTable
          name="GET /v1/devices"
          parts={{}}
          columns={useDeviceColumns(
            may
              ? {
                  revoke: ({ id }) => revoke.mutate({ params: { id }, body: {} }),
                  change: (device) => setAsked({ what: 'change', device }),
                  pair: (device) => setAsked({ what: 'pair', device }),
                }
              : undefined,
          )}
          rowKey={({ id }) => id}
          filename="devices"
          empty={<Nothing text={words.nothing} action={add} />}
        />
        {asked?.what === 'change' ? (
          <DeviceLimitsDialog device={asked.device} onClose={() => setAsked(undefined)} />
        ) : null}
        {asked?.what === 'pair' ? (
          <PairDialog device={asked.device} onClose={() => setAsked(undefined)} />
        ) : null}
        {isAdding ? <DeviceDialog onClose={() => setAdding(false)} /> : null}
      </Page>
    </Guarded>
  );
}

type Verbs = Readonly<Record<'revoke' | 'change' | 'pair', (device: Device) => void>>;

function useDeviceColumns(on?: Verbs): readonly Column<Device>[] {
  const words = useWords(deviceWords);
  const kit = useWords(kitWords);
  const storeName = useStoreName();
  return [
    textColumn({ key: 'name', title: words.name }, ({ name }) => name),
    textColumn({ key: 'store', title: words.store }, ({ storeId }) => storeName(storeId)),
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => (
        <span className={`mark ${state === 'active' ? 'good' : 'quiet'}`}>{words[state]}</span>
      ),
      cell: ({ state }) => words[state],
    },
    {
      key: 'paired',
      title: words.paired,
      show: ({ pairedAt }) =>
        pairedAt === null ? <span className="soft">{words.unpaired}</span> : <Moment at={pairedAt} />,
      cell: ({ pairedAt }) => pairedAt,
    },
    momentColumn({ key: 'seen', title: words.seen }, ({ lastSeenAt }) => lastSeenAt),
    textColumn({ key: 'limits', title: words.limits }, useLimitsText()),
    momentColumn({ key: 'created', title: kit.created }, ({ createdAt }) => createdAt),
    {
      key: 'revoke',
      title: '',
      show: (device) =>
        on && device.state === 'active' ? (
          <Space size={0}>
            <Button type="link" size="small" onClick={() => on.pair(device)}>
              {words.pair}
            </Button>
            <Button type="link" size="small" onClick={() => on.change(device)}>
              {words.change}
            </Button>
            <Popconfirm
              title={words.revokeWhy}
              okText={words.revoke}
              cancelText={kit.cancel}
              onConfirm={() => on.revoke(device)}
            >
              <Button type="link" size="small" danger>
                {words.revoke}
              </Button>
            </Popconfirm>
          </Space>
        ) : null,
      cell: () => null,
    },
  ];
}

function DeviceDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(deviceWords);
  const kit = useWords(kitWords);
  const stores = useStores();
  const create = useCommand('POST /v1/devices');
  return (
    <ActionDialog<{ storeId: string; name: string }, unknown>
      title={words.add}
      action={words.add}
      submit={({ storeId, name }) => create.mutateAsync({ body: { storeId, name } })}
      onClose={onClose}
    >
      <Form.Item name="storeId" label={words.store} rules={[{ required: true, message: kit.required }]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={stores.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <TextField name="name" label={words.name} />
    </ActionDialog>
  );
}
