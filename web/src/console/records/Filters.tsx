import { Button, Input, Select } from 'antd';
import { useWords } from '../../ui/words.ts';
import { useStores } from '../kit/names.ts';
import { recordWords } from './words.ts';

export const recordFilters = ['from', 'to', 'storeId', 'actorId', 'cardId', 'reference'] as const;
type Name = (typeof recordFilters)[number];
type Props = {
  readonly values: { readonly [N in Name]?: string };
  readonly set: (changes: { readonly [N in Name]?: string | undefined }) => void;
};

/** What every list of things that happened can be narrowed by. */
export function RecordFilters({ values, set }: Props) {
  const words = useWords(recordWords);
  return (
    <>
      <WhenAndWhere values={values} set={set} />
      {values.actorId === undefined ? null : (
        <Button onClick={() => set({ actorId: undefined })}>{words.onlyBy} ×</Button>
      )}
      {values.cardId === undefined ? null : (
        <Button onClick={() => set({ cardId: undefined })}>{words.onlyCard} ×</Button>
      )}
    </>
  );
}

type Place = 'from' | 'to' | 'storeId' | 'reference';
type PlaceProps = {
  readonly values: { readonly [N in Place]?: string };
  readonly set: (changes: { readonly [N in Place]?: string | undefined }) => void;
};

/** On which days, in which store, and under which reference something happened. */
export function WhenAndWhere({ values, set }: PlaceProps) {
  const words = useWords(recordWords);
  const stores = useStores();
  return (
    <>
      {(['from', 'to'] as const).map((name) => (
        <label key={name} className="date-filter" htmlFor={`record-${name}`}>
          {words[name]}
          <Input
            id={`record-${name}`}
            type="date"
            value={values[name] ?? ''}
            onChange={({ target }) => set({ [name]: target.value })}
          />
        </label>
      ))}
      <Select
        className="filter"
        aria-label={words.store}
        value={values.storeId ?? ''}
        onChange={(storeId) => set({ storeId })}
        showSearch={{ optionFilterProp: 'label' }}
        options={[
          { value: '', label: words.everyStore },
          ...stores.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Input.Search
        key={`reference ${values.reference ?? ''}`}
        className="filter"
        placeholder={words.reference}
        aria-label={words.reference}
        defaultValue={values.reference}
        allowClear
        onSearch={(reference) => set({ reference: reference.trim() })}
      />
    </>
  );
}
