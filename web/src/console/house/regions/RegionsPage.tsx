import { Alert, Button, Form, Select, Space } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../../api/client.ts';
import { useCommand } from '../../../ui/asking.ts';
import { useMay } from '../../../ui/session.ts';
import { useWords } from '../../../ui/words.ts';
import { ActionDialog } from '../../kit/ActionDialog.tsx';
import { type Column, momentColumn, textColumn } from '../../kit/columns.tsx';
import { TextField } from '../../kit/fields.tsx';
import { ListTable } from '../../kit/ListTable.tsx';
import { ErrorNote, Guarded, Nothing } from '../../kit/Notes.tsx';
import { useStores } from '../../kit/names.ts';
import { Page } from '../../kit/Page.tsx';
import { kitWords } from '../../words.ts';
import { regionWords } from './words.ts';

type Region = ItemOf<'GET /v1/regions'>;
type Asked = { readonly what: 'add' } | { readonly what: 'rename' | 'place'; readonly region: Region };
type Verbs = {
  readonly ask: (asked: Asked) => void;
  readonly put: (region: Region, state: Region['state']) => void;
};

/** The regions, which stores are in each, and what is done with them. */
export function RegionsPage() {
  const words = useWords(regionWords);
  const may = useMay('stores.write');
  const [asked, setAsked] = useState<Asked>();
  const update = useCommand('PATCH /v1/regions/{id}');
  const close = () => setAsked(undefined);
  const verbs: Verbs = {
    ask: setAsked,
    put: ({ id }, state) => update.mutate({ params: { id }, body: { state } }),
  };
  const add = may ? (
    <Button type="primary" onClick={() => setAsked({ what: 'add' })}>
      {words.add}
    </Button>
  ) : null;
  return (
    <Guarded by="stores.read">
      <Page title={words.title} lead={words.lead} actions={add}>
        <ErrorNote error={update.error} />
        <ListTable
          name="GET /v1/regions"
          parts={{}}
          columns={useColumns(may ? verbs : undefined)}
          rowKey={({ id }) => id}
          filename="regions"
          empty={<Nothing text={words.nothing} action={add} />}
        />
        {asked?.what === 'add' ? <NameDialog onClose={close} /> : null}
        {asked?.what === 'rename' ? <NameDialog region={asked.region} onClose={close} /> : null}
        {asked?.what === 'place' ? <PlaceDialog region={asked.region} onClose={close} /> : null}
      </Page>
    </Guarded>
  );
}

function useColumns(verbs?: Verbs): readonly Column<Region>[] {
  const words = useWords(regionWords);
  const kit = useWords(kitWords);
  const stores = useStores();
  const within = ({ code }: Region) => stores.filter(({ region }) => region === code);
  const columns: readonly Column<Region>[] = [
    textColumn({ key: 'name', title: words.name }, ({ name }) => name),
    {
      key: 'stores',
      title: words.stores,
      show: (region) => {
        const names = within(region).map(({ name }) => name);
        return names.length > 0 ? names.join(', ') : <span className="soft">{words.noStores}</span>;
      },
      cell: (region) =>
        within(region)
          .map(({ name }) => name)
          .join(', '),
    },
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => (
        <span className={`mark ${state === 'active' ? 'good' : 'quiet'}`}>{words[state]}</span>
      ),
      cell: ({ state }) => words[state],
    },
    momentColumn({ key: 'created', title: kit.created }, ({ createdAt }) => createdAt),
  ];
  if (!verbs) return columns;
  const actions: Column<Region> = {
    key: 'actions',
    title: '',
    show: (region) => <RowVerbs region={region} isEmpty={within(region).length === 0} verbs={verbs} />,
    cell: () => null,
  };
  return [...columns, actions];
}

function RowVerbs({
  region,
  isEmpty,
  verbs,
}: {
  readonly region: Region;
  readonly isEmpty: boolean;
  readonly verbs: Verbs;
}) {
  const words = useWords(regionWords);
  const link = (label: string, onClick: () => void) => (
    <Button type="link" size="small" onClick={onClick}>
      {label}
    </Button>
  );
  if (region.state === 'retired') return link(words.takeUp, () => verbs.put(region, 'active'));
  return (
    <Space size={0}>
      {link(words.place, () => verbs.ask({ what: 'place', region }))}
      {link(words.rename, () => verbs.ask({ what: 'rename', region }))}
      {isEmpty ? link(words.retire, () => verbs.put(region, 'retired')) : null}
    </Space>
  );
}

function NameDialog({ region, onClose }: { readonly region?: Region; readonly onClose: () => void }) {
  const words = useWords(regionWords);
  const create = useCommand('POST /v1/regions');
  const update = useCommand('PATCH /v1/regions/{id}');
  return (
    <ActionDialog<{ name: string }, unknown>
      title={region?.name ?? words.add}
      action={region ? words.rename : words.add}
      {...(region ? { initial: region } : {})}
      submit={({ name }) =>
        region
          ? update.mutateAsync({ params: { id: region.id }, body: { name } })
          : create.mutateAsync({ body: { name } })
      }
      onClose={onClose}
    >
      <TextField name="name" label={words.name} max={64} />
    </ActionDialog>
  );
}

function PlaceDialog({ region, onClose }: { readonly region: Region; readonly onClose: () => void }) {
  const words = useWords(regionWords);
  const kit = useWords(kitWords);
  const place = useCommand('POST /v1/regions/{id}/stores');
  const outside = useStores().filter((store) => store.region !== region.code);
  const label = ({ name, regionName }: (typeof outside)[number]) =>
    regionName === null ? name : `${name} · ${regionName}`;
  return (
    <ActionDialog<{ storeIds: string[] }, unknown>
      title={`${words.place} · ${region.name}`}
      action={words.place}
      submit={({ storeIds }) => place.mutateAsync({ params: { id: region.id }, body: { storeIds } })}
      onClose={onClose}
    >
      <Alert className="explain" type="info" title={words.placeWhy} />
      <Form.Item name="storeIds" label={words.choose} rules={[{ required: true, message: kit.required }]}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          options={outside.map((store) => ({ value: store.id, label: label(store) }))}
        />
      </Form.Item>
    </ActionDialog>
  );
}
