import { Button, Form, Radio, Select } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { type Column, momentColumn, textColumn } from '../kit/columns.tsx';
import { TextField } from '../kit/fields.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { useRegionChoices } from '../kit/names.ts';
import { Page } from '../kit/Page.tsx';
import { kitWords } from '../words.ts';
import { storeWords } from './words.ts';

type Store = ItemOf<'GET /v1/stores'>;
type Entity = ItemOf<'GET /v1/legal-entities'>;

export function StoresPage() {
  const words = useWords(storeWords);
  const may = useMay('stores.write');
  const [editing, setEditing] = useState<Store | 'new'>();
  const [isAddingEntity, setAddingEntity] = useState(false);
  const entities = useAsk('GET /v1/legal-entities', { query: { limit: 200 } }).data?.items ?? [];
  const add = may ? (
    <Button type="primary" onClick={() => setEditing('new')}>
      {words.add}
    </Button>
  ) : null;
  return (
    <Guarded by="stores.read">
      <Page title={words.title} lead={words.lead} actions={add}>
        <ListTable
          name="GET /v1/stores"
          parts={{}}
          columns={useStoreColumns(entities, may ? setEditing : undefined)}
          rowKey={({ id }) => id}
          filename="stores"
          empty={<Nothing text={words.nothing} action={add} />}
        />
        <div className="page-head second">
          <h2>{words.entities}</h2>
          {may ? <Button onClick={() => setAddingEntity(true)}>{words.addEntity}</Button> : null}
        </div>
        <ListTable
          name="GET /v1/legal-entities"
          parts={{}}
          columns={useEntityColumns()}
          rowKey={({ id }) => id}
          filename="legal-entities"
        />
        {editing === undefined ? null : (
          <StoreDialog
            store={editing === 'new' ? undefined : editing}
            entities={entities}
            onClose={() => setEditing(undefined)}
          />
        )}
        {isAddingEntity ? <EntityDialog onClose={() => setAddingEntity(false)} /> : null}
      </Page>
    </Guarded>
  );
}

function useStoreColumns(
  entities: readonly Entity[],
  onEdit?: (store: Store) => void,
): readonly Column<Store>[] {
  const words = useWords(storeWords);
  const kit = useWords(kitWords);
  const entityName = (id: string | null) =>
    id === null ? words.noEntity : (entities.find((entity) => entity.id === id)?.name ?? id);
  const columns: readonly Column<Store>[] = [
    textColumn({ key: 'code', title: words.code }, ({ code }) => code),
    textColumn({ key: 'name', title: words.name }, ({ name }) => name),
    textColumn({ key: 'region', title: words.region }, ({ regionName }) => regionName),
    textColumn({ key: 'entity', title: words.entity }, ({ legalEntityId }) => entityName(legalEntityId)),
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => (
        <span className={`mark ${state === 'open' ? 'good' : 'quiet'}`}>{words[state]}</span>
      ),
      cell: ({ state }) => words[state],
    },
    momentColumn({ key: 'created', title: kit.created }, ({ createdAt }) => createdAt),
  ];
  if (!onEdit) return columns;
  const edit: Column<Store> = {
    key: 'edit',
    title: '',
    show: (store) => (
      <Button type="link" size="small" onClick={() => onEdit(store)}>
        {words.edit}
      </Button>
    ),
    cell: () => null,
  };
  return [...columns, edit];
}

function useEntityColumns(): readonly Column<Entity>[] {
  const words = useWords(storeWords);
  const kit = useWords(kitWords);
  return [
    textColumn({ key: 'name', title: kit.name }, ({ name }) => name),
    textColumn({ key: 'registration', title: words.registration }, ({ registration }) => registration),
    momentColumn({ key: 'created', title: kit.created }, ({ createdAt }) => createdAt),
  ];
}

type StoreValues = {
  readonly code: string;
  readonly name: string;
  readonly region?: string | null;
  readonly legalEntityId?: string | null;
  readonly state?: Store['state'];
};

function StoreDialog({
  store,
  entities,
  onClose,
}: {
  readonly store: Store | undefined;
  readonly entities: readonly Entity[];
  readonly onClose: () => void;
}) {
  const words = useWords(storeWords);
  const create = useCommand('POST /v1/stores');
  const update = useCommand('PATCH /v1/stores/{id}');
  const save = (values: StoreValues) => {
    const { code, name, state } = values;
    const region = values.region ?? null;
    const legalEntityId = values.legalEntityId ?? null;
    if (store === undefined) return create.mutateAsync({ body: { code, name, region, legalEntityId } });
    return update.mutateAsync({ params: { id: store.id }, body: { name, region, legalEntityId, state } });
  };
  return (
    <ActionDialog<StoreValues, unknown>
      title={store?.name ?? words.add}
      action={store === undefined ? words.add : words.edit}
      {...(store === undefined ? {} : { initial: store })}
      submit={save}
      onClose={onClose}
    >
      {store === undefined ? <TextField name="code" label={words.code} max={32} /> : null}
      <TextField name="name" label={words.name} />
      <Form.Item name="region" label={words.region}>
        <Select allowClear placeholder={words.noRegion} options={useRegionChoices()} />
      </Form.Item>
      <Form.Item name="legalEntityId" label={words.entity}>
        <Select allowClear options={entities.map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
      {store === undefined ? null : (
        <Form.Item name="state" label={words.state}>
          <Radio.Group
            optionType="button"
            options={[
              { value: 'open', label: words.open },
              { value: 'closed', label: words.closed },
            ]}
          />
        </Form.Item>
      )}
    </ActionDialog>
  );
}

function EntityDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(storeWords);
  const kit = useWords(kitWords);
  const create = useCommand('POST /v1/legal-entities');
  return (
    <ActionDialog<{ name: string; registration?: string }, unknown>
      title={words.addEntity}
      action={words.addEntity}
      submit={({ name, registration }) =>
        create.mutateAsync({ body: { name, ...(registration ? { registration } : {}) } })
      }
      onClose={onClose}
    >
      <TextField name="name" label={kit.name} />
      <TextField name="registration" label={words.registration} max={64} optional />
    </ActionDialog>
  );
}
