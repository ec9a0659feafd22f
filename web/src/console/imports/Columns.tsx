import { Button, Radio, Select } from 'antd';
import { useState } from 'react';
import { useCommand } from '../../ui/asking.ts';
import { listed } from '../../ui/listed.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { ErrorNote } from '../kit/Notes.tsx';
import { useStores } from '../kit/names.ts';
import { Panel } from '../kit/Page.tsx';
import type { Import } from './ImportState.tsx';
import { columnWords, fieldWords } from './words.ts';

type Sent = Import['mapping'];
/** The column of each field by its name; the merchant's own are called `fields.<key>`. */
type Mapping = Readonly<Record<string, number>>;
type Props = { readonly one: Import; readonly mayChange: boolean; readonly onChecked: () => void };

const samplesShown = 3;
const own = 'merchant';

/** As a spreadsheet names its columns. */
function letterOf(column: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const last = letters.charAt(column % letters.length);
  return column < letters.length ? last : `${letterOf(Math.floor(column / letters.length) - 1)}${last}`;
}

const ownPrefix = 'fields.';

function flat({ fields = {}, ...known }: Sent): Mapping {
  const all: Record<string, number> = {};
  for (const [name, column] of Object.entries(known)) if (column !== undefined) all[name] = column;
  for (const [key, column] of Object.entries(fields)) if (column !== undefined) all[ownPrefix + key] = column;
  return all;
}

function sent(mapping: Mapping): Sent {
  const [known, own]: [Record<string, number>, Record<string, number>] = [{}, {}];
  for (const [name, column] of Object.entries(mapping)) {
    if (name.startsWith(ownPrefix)) own[name.slice(ownPrefix.length)] = column;
    else known[name] = column;
  }
  return Object.keys(own).length === 0 ? known : { ...known, fields: own };
}

/** What fields are called: the merchant's own as the merchant does. */
function useFieldNames({ fields }: Pick<Import, 'fields'>): ReadonlyMap<string, string> {
  const names = useWords(fieldWords);
  const language = useLanguage();
  const called = (name: string) => Object.entries(names).find(([word]) => word === name)?.[1] ?? name;
  return new Map(fields.map(({ name, label }) => [name, label?.[language] ?? called(name)]));
}

/** The mapping with a column that is now this field; whichever was before is none any more. */
function moved(mapping: Mapping, column: number, field: string | undefined): Mapping {
  const kept = Object.entries(mapping).filter(([name, at]) => at !== column && name !== field);
  const next: Mapping = Object.fromEntries(kept);
  return field === undefined ? next : { ...next, [field]: column };
}

/** Which column is what, what is done with what is there already, and who answers for it. */
export function Columns({ one, mayChange, onChecked }: Props) {
  const words = useWords(columnWords);
  const language = useLanguage();
  const names = useFieldNames(one);
  const [mapping, setMapping] = useState(flat(one.mapping));
  const [existing, setExisting] = useState(one.existing);
  const [storeId, setStoreId] = useState(one.storeId);
  const check = useCommand('POST /v1/imports/{id}/check');
  const missing = one.fields
    .filter(({ name, isNeeded }) => isNeeded && mapping[name] === undefined)
    .map(({ name }) => names.get(name) ?? name);
  const run = () =>
    check
      .mutateAsync({ params: { id: one.id }, body: { mapping: sent(mapping), existing, storeId } })
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
              names={names}
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
              <span className="mark stop">{words.needed(listed(missing, localeOf(language)))}</span>
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
  readonly names: ReadonlyMap<string, string>;
  readonly chosen: string | undefined;
  readonly onChoose: ((field: string | undefined) => void) | undefined;
};

function OneColumn({ heading, samples, names, chosen, onChoose }: ColumnProps) {
  const words = useWords(columnWords);
  const { ignored } = useWords(fieldWords);
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
        onChange={(name) => onChoose?.(names.has(name) ? name : undefined)}
        options={[
          { value: 'ignored', label: ignored },
          ...[...names].map(([value, label]) => ({ value, label })),
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
