import { Button, Checkbox, Form, Input, InputNumber, Radio, Select } from 'antd';
import { useState } from 'react';
import { useSession } from '../../ui/session.ts';
import { useLanguage, useWords } from '../../ui/words.ts';
import { MoneyField, TextField } from '../kit/fields.tsx';
import { ErrorNote } from '../kit/Notes.tsx';
import { useRegionChoices, useStores } from '../kit/names.ts';
import { Panel } from '../kit/Page.tsx';
import { kitWords } from '../words.ts';
import { CardFace } from './CardFace.tsx';
import { useFacePicture } from './FacePicture.tsx';
import { amountsIn, type Draft } from './terms.ts';
import { programWords } from './words.ts';

type Props = {
  readonly initial: Draft;
  /** The program that the terms are of; none while it is new. */
  readonly programId?: string;
  readonly action: string;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onSave: (draft: Draft) => void;
};

/** The terms of a kind of card, with its face beside them as they are written. */
export function ProgramForm({ initial, programId, action, busy, error, onSave }: Props) {
  const words = useWords(programWords);
  const language = useLanguage();
  const imageId = useFacePicture(programId);
  const [draft, setDraft] = useState(initial);
  return (
    <Form<Draft>
      layout="vertical"
      className="columns"
      requiredMark={false}
      initialValues={initial}
      disabled={busy}
      onValuesChange={(_changed, all: Draft) => setDraft({ ...initial, ...all })}
      onFinish={(all) => onSave({ ...initial, ...all })}
    >
      <div>
        <Panel title={words.name}>
          <div className="pair">
            <TextField name="nameZh" label={words.nameZh} max={100} />
            <TextField name="nameEn" label={words.nameEn} max={100} optional />
          </div>
        </Panel>
        <Panel title={words.denominations}>
          <ValueFields draft={draft} />
        </Panel>
        <Panel title={words.validity}>
          <ValidityFields draft={draft} />
        </Panel>
        <Panel title={words.where}>
          <WhereFields draft={draft} />
        </Panel>
        <Panel title={words.terms}>
          <TermFields />
        </Panel>
        <ErrorNote error={error} />
        <Button type="primary" htmlType="submit" size="large" loading={busy}>
          {action}
        </Button>
      </div>
      <div className="beside">
        <Panel title={words.face}>
          <p className="soft small">{words.faceHint}</p>
          <CardFace draft={draft} imageId={imageId} language={language} />
        </Panel>
      </div>
    </Form>
  );
}

function ValueFields({ draft }: { readonly draft: Draft }) {
  const words = useWords(programWords);
  const kit = useWords(kitWords);
  const { currency } = useSession().merchant;
  return (
    <>
      <Form.Item name="values" label={words.howValued}>
        <Radio.Group
          optionType="button"
          options={[
            { value: 'fixed', label: words.fixed },
            { value: 'free', label: words.free },
          ]}
        />
      </Form.Item>
      {draft.values === 'fixed' ? (
        <div className="pair">
          <Form.Item
            name="denominations"
            label={words.denominations}
            extra={words.denominationsHint}
            rules={[
              { required: true, message: kit.required },
              {
                validator: (_rule, text: string | undefined) =>
                  amountsIn(text ?? '', currency) === undefined
                    ? Promise.reject(new Error(words.denominationsBad))
                    : Promise.resolve(),
              },
            ]}
          >
            <Input inputMode="decimal" autoComplete="off" />
          </Form.Item>
          <MoneyField
            name="salePrice"
            label={words.salePrice}
            currency={currency}
            hint={words.salePriceHint}
            optional
          />
        </div>
      ) : (
        <div className="pair">
          <MoneyField name="rangeMin" label={words.rangeMin} currency={currency} />
          <MoneyField name="rangeMax" label={words.rangeMax} currency={currency} />
        </div>
      )}
    </>
  );
}

function ValidityFields({ draft }: { readonly draft: Draft }) {
  const words = useWords(programWords);
  const kit = useWords(kitWords);
  return (
    <>
      <Form.Item name="validity" label={words.validity}>
        <Radio.Group
          optionType="button"
          options={[
            { value: 'none', label: words.never },
            { value: 'after', label: words.after },
            { value: 'until', label: words.untilDay },
          ]}
        />
      </Form.Item>
      {draft.validity === 'after' ? (
        <div className="inline">
          <Form.Item name="count" label={words.after} rules={[{ required: true, message: kit.required }]}>
            <InputNumber min={1} max={1000} precision={0} />
          </Form.Item>
          <Form.Item name="unit" label={<span className="unseen">{words.validity}</span>}>
            <Select
              options={[
                { value: 'days', label: words.days },
                { value: 'months', label: words.months },
                { value: 'years', label: words.years },
              ]}
            />
          </Form.Item>
        </div>
      ) : null}
      {draft.validity === 'until' ? (
        <Form.Item name="date" label={words.untilDate} rules={[{ required: true, message: kit.required }]}>
          <Input type="date" />
        </Form.Item>
      ) : null}
    </>
  );
}

function WhereFields({ draft }: { readonly draft: Draft }) {
  const words = useWords(programWords);
  const kit = useWords(kitWords);
  const stores = useStores();
  const regions = useRegionChoices(draft.regions);
  const rules = [{ required: true, message: kit.required }];
  return (
    <>
      <Form.Item name="where" label={words.where}>
        <Radio.Group
          optionType="button"
          options={[
            { value: 'all', label: words.everywhere },
            { value: 'regions', label: words.regions },
            { value: 'list', label: words.someStores },
          ]}
        />
      </Form.Item>
      {draft.where === 'regions' ? (
        <Form.Item name="regions" label={words.chooseRegions} rules={rules}>
          <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={regions} />
        </Form.Item>
      ) : null}
      {draft.where === 'list' ? (
        <Form.Item name="storeIds" label={words.chooseStores} rules={rules}>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            options={stores.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      ) : null}
    </>
  );
}

function TermFields() {
  const words = useWords(programWords);
  const { currency } = useSession().merchant;
  const box = (name: 'pin' | 'bearer' | 'reloadable' | 'transferable', label: string, hint?: string) => (
    <Form.Item name={name} valuePropName="checked">
      <Checkbox>
        {label} {hint === undefined ? null : <span className="soft">{hint}</span>}
      </Checkbox>
    </Form.Item>
  );
  return (
    <>
      <Form.Item name="medium" label={words.medium}>
        <Radio.Group
          optionType="button"
          options={[
            { value: 'physical', label: words.physical },
            { value: 'digital', label: words.digital },
          ]}
        />
      </Form.Item>
      <div className="boxes">
        {box('pin', words.pin, words.pinHint)}
        {box('bearer', words.bearer, words.bearerHint)}
        {box('reloadable', words.reloadable)}
        {box('transferable', words.transferable)}
      </div>
      <MoneyField
        name="balanceMax"
        label={words.balanceMax}
        currency={currency}
        hint={words.balanceMaxHint}
        optional
      />
    </>
  );
}
