import { Button, Radio, Select } from 'antd';
import { useState } from 'react';
import { useCommand } from '../../ui/asking.ts';
import { useWords } from '../../ui/words.ts';
import { ErrorNote } from '../kit/Notes.tsx';
import { useStores } from '../kit/names.ts';
import { Panel } from '../kit/Page.tsx';
import type { Import } from './ImportState.tsx';
import { columnWords, fieldWords } from './words.ts';

type Mapping = Import['mapping'];
type Field = keyof Mapping;
type Props = { readonly one: Import; readonly mayChange: boolean; readonly onChecked: () => void };

const samplesShown = 3;
const own = 'merchant';

/** As a spreadsheet names its columns. */
function letterOf(column: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const last = letters.charAt(column % letters.length);
  return column < letters.length ? last : `${letterOf(Math.floor(column / letters.length) - 1)}${last}`;
}

const isField = (name: string): name is Field => Object.hasOwn(fieldWords.zh, name) && name !== 'ignored';

/** The mapping with a column that is now this field; whichever was before is none any more. */
function moved(mapping: Mapping, column: number, field: Field | undefined): Mapping {
  const kept = Object.entries(mapping).filter(([name, at]) => at !== column && name !== field);
  const next: Mapping = Object.fromEntries(kept);
  return field === undefined ? next : { ...next, [field]: column };
}

/** Which column is what, what is done with what is there already, and who answers for it. */
export function Columns({ one, mayChange, onChecked }: Props) {
  const words = useWords(columnWords);
  const names = useWords(fieldWords);
  const [mapping, setMapping] = useState(one.mapping);
  const [existing, setExisting] = useState(one.existing);
  const [storeId, setStoreId] = useState(one.storeId);
  const check = useCommand('POST /v1/imports/{id}/check');
  const missing = one.fields
    .filter(({ name, isNeeded }) => isNeeded && isField(name) && mapping[name] === undefined)
    .map(({ name }) => (isField(name) ? names[name] : name));
  const run = () =>
    check
      .mutateAsync({ params: { id: one.id }, body: { mapping, existing, storeId } })
      .then(onChecked)
      .catch(() => undefined);
  return (
    <>
      <Panel title={words.title}>
        <p className="soft under">{words.lead}</p>
        <ul className="mapping">
          {one.headings.map((heading, column) => (
            <OneColumn
              // A column is its place in the file.
              // biome-ignore lint/suspicious/noArrayIndexKey: columns neither come nor go nor move
              key={column}
              heading={heading === '' ? words.noHeading(letterOf(column)) : heading}
              samples={one.sample.map(({ cells }) => cells[column] ?? '')}
              fields={one.fields.map(({ name }) => name).filter(isField)}
              chosen={Object.entries(mapping).find(([, at]) => at === column)?.[0]}
              onChoose={mayChange ? (field) => setMapping(moved(mapping, column, field)) : undefined}
            />
          ))}
        </ul>
      </Panel>
      <Panel>
        <Choices
          one={one}
          existing={existing}
          storeId={storeId}
          onExisting={setExisting}
          onStore={setStoreId}
        />
        <ErrorNote error={check.error} />
        {mayChange ? (
          <div className="page-actions">
            <Button
              type="primary"
              disabled={missing.length > 0}
              loading={check.isPending}
              onClick={() => void run()}
            >
              {one.state === 'read' ? words.check : words.checkAgain}
            </Button>
            {missing.length > 0 ? (
              <span className="mark stop">{words.needed(missing.join('、'))}</span>
            ) : null}
          </div>
        ) : null}
      </Panel>
    </>
  );
}

type ColumnProps = {
  readonly heading: string;
  readonly samples: readonly string[];
  readonly fields: readonly Field[];
  readonly chosen: string | undefined;
  readonly onChoose: ((field: Field | undefined) => void) | undefined;
};

function OneColumn({ heading, samples, fields, chosen, onChoose }: ColumnProps) {
  const words = useWords(columnWords);
  const names = useWords(fieldWords);
  const shown = samples.filter((text) => text !== '').slice(0, samplesShown);
  return (
    <li className={chosen === undefined ? 'left-out' : ''}>
      <span>
        <strong>{heading}</strong>
        <span className="soft small">{shown.join(' · ') || '–'}</span>
      </span>
      <Select
        aria-label={`${words.field} · ${heading}`}
        value={chosen ?? 'ignored'}
        disabled={onChoose === undefined}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(name) => onChoose?.(isField(name) ? name : undefined)}
        options={[
          { value: 'ignored', label: names.ignored },
          ...fields.map((value) => ({ value, label: names[value] })),
        ]}
      />
    </li>
  );
}

type ChoiceProps = Pick<Props, 'one'> &
  Pick<Import, 'existing' | 'storeId'> & {
    readonly onExisting: (existing: Import['existing']) => void;
    readonly onStore: (storeId: string | null) => void;
  };

function Choices({ one, existing, storeId, onExisting, onStore }: ChoiceProps) {
  const words = useWords(columnWords);
  const stores = useStores();
  const isGoods = one.kind === 'goods';
  return (
    <div className="choices">
      <fieldset className="choice">
        <legend>{isGoods ? words.existingGoods : words.existing}</legend>
        <Radio.Group
          vertical
          value={existing}
          onChange={({ target }) => onExisting(target.value === 'update' ? 'update' : 'skip')}
          options={[
            { value: 'skip', label: words.skip },
            { value: 'update', label: isGoods ? words.updateGoods : words.update },
          ]}
        />
      </fieldset>
      {isGoods ? null : (
        <div className="choice">
          <p className="label">{words.store}</p>
          <Select
            className="filter wide"
            aria-label={words.store}
            value={storeId ?? own}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(id) => onStore(id === own ? null : id)}
            options={[
              { value: own, label: words.merchantItself },
              ...stores.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <p className="soft small">{words.storeHint}</p>
          <p className="soft small">{words.consent}</p>
        </div>
      )}
    </div>
  );
}
