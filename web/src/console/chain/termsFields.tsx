import { Button, Form, type FormListFieldData, Select } from 'antd';
import { heldWords, tenderWords } from '../../ui/cards/words.ts';
import { parsePercent } from '../../ui/percent.ts';
import { useWords } from '../../ui/words.ts';
import { MoneyField, PercentField } from '../kit/fields.tsx';
import { useStores } from '../kit/names.ts';
import { useParties } from '../kit/parties.ts';
import { kitWords } from '../words.ts';
import { useBearerName } from './names.ts';
import { bearers, every, lots } from './termsDraft.ts';
import { termWords } from './words.ts';

function useStoreChoices() {
  const words = useWords(termWords);
  const stores = useStores().map(({ id, name }) => ({ value: id, label: name }));
  return [{ value: every, label: words.anyStore }, ...stores];
}

/** What of what it honours a store is paid, by who sold it and who honours it. */
export function RatioFields() {
  const words = useWords(termWords);
  const kit = useWords(kitWords);
  const choices = useStoreChoices();
  const store = (name: (string | number)[], label: string) => (
    <Form.Item name={name} label={label}>
      <Select showSearch={{ optionFilterProp: 'label' }} options={choices} />
    </Form.Item>
  );
  return (
    <Form.List name="ratios">
      {(rows, { add, remove }) => (
        <div className="row-list">
          {rows.map(({ key, name }) => (
            <div className="row four" key={key}>
              {store([name, 'redeemerId'], words.redeemer)}
              {store([name, 'sellerId'], words.seller)}
              <PercentField name={[name, 'principal']} label={words.principal} />
              <PercentField name={[name, 'bonus']} label={words.bonus} />
              <Button type="link" danger onClick={() => remove(name)}>
                {kit.remove}
              </Button>
            </div>
          ))}
          <Button onClick={() => add({ sellerId: every, redeemerId: every, principal: '100', bonus: '100' })}>
            {kit.add}
          </Button>
        </div>
      )}
    </Form.List>
  );
}

/** Who bears the cost of each kind of value. */
export function BearingFields() {
  const words = useWords(termWords);
  const kit = useWords(kitWords);
  return lots.map((lot) => (
    <Form.List
      key={lot}
      name={['bearing', lot]}
      rules={[
        {
          validator: (_rule, shares: readonly { percent?: string }[] | undefined) =>
            isWhole(shares ?? []) ? Promise.resolve() : Promise.reject(new Error(words.sharesWhole)),
        },
      ]}
    >
      {(rows, { add, remove }, { errors }) => (
        <div className="row-list">
          <h3>{words[lot]}</h3>
          {rows.length === 0 ? <p className="soft">{words.whole}</p> : null}
          {rows.map((row) => (
            <ShareRow key={row.key} row={row} lot={lot} onRemove={() => remove(row.name)} />
          ))}
          <Form.ErrorList errors={errors} />
          <Button onClick={() => add({ by: rows.length === 0 ? 'seller' : 'hq', percent: '' })}>
            {kit.add}
          </Button>
        </div>
      )}
    </Form.List>
  ));
}

const whole = 1_000_000;

function isWhole(shares: readonly { percent?: string }[]): boolean {
  if (shares.length === 0) return true;
  return shares.reduce((sum, { percent = '' }) => sum + (parsePercent(percent) ?? 0), 0) === whole;
}

type ShareProps = {
  readonly row: FormListFieldData;
  readonly lot: (typeof lots)[number];
  readonly onRemove: () => void;
};

function ShareRow({ row: { name }, lot, onRemove }: ShareProps) {
  const words = useWords(termWords);
  const kit = useWords(kitWords);
  const bearerName = useBearerName();
  const parties = useParties();
  return (
    <div className="row three">
      <Form.Item name={[name, 'by']} label={words.by}>
        <Select options={bearers.map((by) => ({ value: by, label: bearerName({ by, partyId: null }) }))} />
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) => {
          const by: unknown = getFieldValue(['bearing', lot, name, 'by']);
          if (by !== 'issuer' && by !== 'sponsor') return <span />;
          return (
            <Form.Item
              name={[name, 'partyId']}
              label={words.party}
              rules={[{ required: true, message: kit.required }]}
            >
              <Select
                options={parties
                  .filter(({ kind }) => kind === by)
                  .map(({ id, name: label }) => ({ value: id, label }))}
              />
            </Form.Item>
          );
        }}
      </Form.Item>
      <PercentField name={[name, 'percent']} label={words.share} />
      <Button type="link" danger onClick={onRemove}>
        {kit.remove}
      </Button>
    </div>
  );
}

/** What is paid for taking a payment. */
export function CommissionFields({ currency }: { readonly currency: string }) {
  const kit = useWords(kitWords);
  return (
    <Form.List name="commissions">
      {(rows, { add, remove }) => (
        <div className="row-list">
          {rows.map((row) => (
            <CommissionRow key={row.key} row={row} currency={currency} onRemove={() => remove(row.name)} />
          ))}
          <Button onClick={() => add({ kind: 'redemption', storeId: every, tender: every, percent: '' })}>
            {kit.add}
          </Button>
        </div>
      )}
    </Form.List>
  );
}

type CommissionProps = {
  readonly row: FormListFieldData;
  readonly currency: string;
  readonly onRemove: () => void;
};

function CommissionRow({ row: { name }, currency, onRemove }: CommissionProps) {
  const words = useWords(termWords);
  const kit = useWords(kitWords);
  const choices = useStoreChoices();
  const heldNames = useWords(heldWords);
  const tenders = Object.entries(useWords(tenderWords)).map(([value, label]) => ({ value, label }));
  const held = (['gift_card', 'wallet'] as const).map((value) => ({ value, label: heldNames[value] }));
  return (
    <div className="row six">
      <Form.Item name={[name, 'kind']} label={words.kind}>
        <Select
          options={(['redemption', 'load'] as const).map((kind) => ({ value: kind, label: words[kind] }))}
        />
      </Form.Item>
      <Form.Item name={[name, 'storeId']} label={words.store}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={choices} />
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) => (
          <Form.Item name={[name, 'tender']} label={words.tender}>
            <Select
              options={[
                { value: every, label: words.anyTender },
                ...(getFieldValue(['commissions', name, 'kind']) === 'load' ? tenders : held),
              ]}
            />
          </Form.Item>
        )}
      </Form.Item>
      <PercentField name={[name, 'percent']} label={words.rate} />
      <MoneyField name={[name, 'min']} label={words.min} currency={currency} optional orNothing />
      <MoneyField name={[name, 'max']} label={words.max} currency={currency} optional orNothing />
      <Button type="link" danger onClick={onRemove}>
        {kit.remove}
      </Button>
    </div>
  );
}
