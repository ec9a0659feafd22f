import { Button, Input, Popover, Select } from 'antd';
import { cardStateWords } from '../../ui/cards/words.ts';
import { useWords } from '../../ui/words.ts';
import { ChoiceFilter } from '../kit/ChoiceFilter.tsx';
import { useProgramName, usePrograms, useStores } from '../kit/names.ts';
import type { CardFilterName, CardFilterValues } from './filters.ts';
import { cardWords } from './words.ts';

type Props = {
  readonly values: CardFilterValues;
  readonly set: (changes: { readonly [Name in CardFilterName]?: string | undefined }) => void;
};

const serialMax = 15;
const lastMax = 4;

/** The box for a text that is looked for when Enter is pressed. */
function TextFilter({
  name,
  label,
  values,
  set,
  clean = (text) => text.trim(),
}: Props & {
  readonly name: CardFilterName;
  readonly label: string;
  readonly clean?: (text: string) => string;
}) {
  return (
    <Input.Search
      key={`${name} ${values[name] ?? ''}`}
      className="filter"
      placeholder={label}
      aria-label={label}
      defaultValue={values[name]}
      allowClear
      onSearch={(text) => set({ [name]: clean(text) })}
    />
  );
}

/** What of a million cards is shown. */
export function CardFilters({ values, set }: Props) {
  const words = useWords(cardWords);
  const states = useWords(cardStateWords);
  const programs = usePrograms();
  const programName = useProgramName();
  const stores = useStores();
  return (
    <>
      <TextFilter
        name="serial"
        label={words.serial}
        values={values}
        set={set}
        clean={(text) => text.replaceAll(/\D/g, '').slice(0, serialMax)}
      />
      <TextFilter
        name="last4"
        label={words.last4}
        values={values}
        set={set}
        clean={(text) => text.trim().toUpperCase().slice(-lastMax)}
      />
      <ChoiceFilter
        label={words.state}
        any={words.anyState}
        value={values.state}
        options={Object.entries(states).map(([value, label]) => ({ value, label }))}
        onChoose={(state) => set({ state })}
      />
      <Select
        className="filter"
        aria-label={words.program}
        value={values.programId ?? ''}
        onChange={(programId) => set({ programId })}
        showSearch={{ optionFilterProp: 'label' }}
        options={[
          { value: '', label: words.anyProgram },
          ...programs.map(({ id }) => ({ value: id, label: programName(id) })),
        ]}
      />
      <Select
        className="filter"
        aria-label={words.soldAt}
        value={values.storeId ?? ''}
        onChange={(storeId) => set({ storeId })}
        showSearch={{ optionFilterProp: 'label' }}
        options={[
          { value: '', label: words.anyStore },
          ...stores.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <MoreFilters values={values} set={set} />
      {values.batchId === undefined ? null : (
        <Button onClick={() => set({ batchId: undefined })}>
          {words.batch} …{values.batchId.slice(-6)} ×
        </Button>
      )}
    </>
  );
}

function MoreFilters({ values, set }: Props) {
  const words = useWords(cardWords);
  const days = [
    ['activatedFrom', words.activatedFrom],
    ['activatedTo', words.activatedTo],
    ['validFrom', words.validFrom],
    ['validTo', words.validTo],
  ] as const;
  const texts = [
    ['balanceMin', words.balanceFrom],
    ['balanceMax', words.balanceTo],
    ['holder', words.holder],
  ] as const;
  const used = [...days, ...texts].filter(([name]) => values[name] !== undefined).length;
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      content={
        <div className="more-filters">
          {texts.map(([name, label]) => (
            <TextFilter key={name} name={name} label={label} values={values} set={set} />
          ))}
          {days.map(([name, label]) => (
            <label key={name} className="date-filter" htmlFor={`card-${name}`}>
              {label}
              <Input
                id={`card-${name}`}
                type="date"
                value={values[name] ?? ''}
                onChange={({ target }) => set({ [name]: target.value })}
              />
            </label>
          ))}
        </div>
      }
    >
      <Button>
        {words.moreFilters}
        {used === 0 ? '' : ` (${String(used)})`}
      </Button>
    </Popover>
  );
}
