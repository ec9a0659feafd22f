import { Button, Checkbox, Form, Select, Space } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { decimalText, parseMoney } from '../../ui/money.ts';
import { useMay, useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { type Column, moneyColumn, textColumn } from '../kit/columns.tsx';
import { MoneyField, TextField } from '../kit/fields.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { useStoreName, useStores } from '../kit/names.ts';
import { Page } from '../kit/Page.tsx';
import { kitWords } from '../words.ts';
import { storeFundWords } from './words.ts';

type Fund = ItemOf<'GET /v1/store-settlement-accounts'>;
type Asked =
  | { readonly what: 'terms'; readonly fund: Fund | undefined }
  | { readonly what: 'in' | 'out'; readonly fund: Fund };

/** Accounts of stores that keep the cash they take. */
export function StoreFundsPage() {
  const words = useWords(storeFundWords);
  const may = useMay('storefunds.write');
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  const add = may ? (
    <Button type="primary" onClick={() => setAsked({ what: 'terms', fund: undefined })}>
      {words.add}
    </Button>
  ) : null;
  return (
    <Guarded by="storefunds.read">
      <Page title={words.title} lead={words.lead} actions={add}>
        <ListTable
          name="GET /v1/store-settlement-accounts"
          parts={{}}
          columns={useFundColumns(may ? setAsked : undefined)}
          rowKey={({ storeId }) => storeId}
          filename="store-settlement-accounts"
          empty={<Nothing text={words.nothing} action={add} />}
        />
        {asked?.what === 'terms' ? <Terms fund={asked.fund} onClose={close} /> : null}
        {asked?.what === 'in' || asked?.what === 'out' ? (
          <Move fund={asked.fund} isOut={asked.what === 'out'} onClose={close} />
        ) : null}
      </Page>
    </Guarded>
  );
}

function useFundColumns(ask?: (asked: Asked) => void): readonly Column<Fund>[] {
  const words = useWords(storeFundWords);
  const storeName = useStoreName();
  const currencyOf = ({ currency }: Fund) => currency;
  return [
    textColumn({ key: 'store', title: words.store }, ({ storeId }) => storeName(storeId)),
    textColumn({ key: 'keeps', title: words.cash }, ({ keepsCash }) =>
      keepsCash ? words.keeps : words.handsIn,
    ),
    moneyColumn({ key: 'deposit', title: words.deposit }, ({ deposit }) => deposit, currencyOf),
    moneyColumn({ key: 'limit', title: words.creditLimit }, ({ creditLimit }) => creditLimit, currencyOf),
    moneyColumn({ key: 'available', title: words.available }, ({ available }) => available, currencyOf),
    {
      key: 'verbs',
      title: '',
      show: (fund) =>
        ask ? (
          <Space size={0}>
            <Button type="link" size="small" onClick={() => ask({ what: 'in', fund })}>
              {words.payIn}
            </Button>
            <Button type="link" size="small" onClick={() => ask({ what: 'out', fund })}>
              {words.payOut}
            </Button>
            <Button type="link" size="small" onClick={() => ask({ what: 'terms', fund })}>
              {words.terms}
            </Button>
          </Space>
        ) : null,
      cell: () => null,
    },
  ];
}

type TermValues = { readonly storeId: string; readonly keepsCash?: boolean; readonly creditLimit: string };

function Terms({ fund, onClose }: { readonly fund: Fund | undefined; readonly onClose: () => void }) {
  const words = useWords(storeFundWords);
  const kit = useWords(kitWords);
  const stores = useStores();
  const { merchant } = useSession();
  const currency = fund?.currency ?? merchant.currency;
  const set = useCommand('POST /v1/store-settlement-accounts');
  return (
    <ActionDialog<TermValues, unknown>
      title={fund ? words.terms : words.add}
      action={words.save}
      initial={{
        ...(fund ? { storeId: fund.storeId } : {}),
        keepsCash: fund?.keepsCash ?? true,
        creditLimit: decimalText(fund?.creditLimit ?? 0, currency),
      }}
      submit={({ storeId, keepsCash = false, creditLimit }, idempotencyKey) =>
        set.mutateAsync({
          body: { storeId, keepsCash, creditLimit: parseMoney(creditLimit, currency) ?? 0 },
          idempotencyKey,
        })
      }
      onClose={onClose}
    >
      <Form.Item name="storeId" label={words.store} rules={[{ required: true, message: kit.required }]}>
        <Select
          disabled={fund !== undefined}
          showSearch={{ optionFilterProp: 'label' }}
          options={stores.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="keepsCash" valuePropName="checked" extra={words.keepsWhy}>
        <Checkbox>{words.keeps}</Checkbox>
      </Form.Item>
      <MoneyField
        name="creditLimit"
        label={words.creditLimit}
        currency={currency}
        orNothing
        hint={words.creditLimitWhy}
      />
    </ActionDialog>
  );
}

type MoveValues = { readonly amount: string; readonly reference: string };

function Move({
  fund: { storeId, currency },
  isOut,
  onClose,
}: {
  readonly fund: Fund;
  readonly isOut: boolean;
  readonly onClose: () => void;
}) {
  const words = useWords(storeFundWords);
  const storeName = useStoreName();
  const payIn = useCommand('POST /v1/store-settlement-accounts/{storeId}/deposits');
  const payOut = useCommand('POST /v1/store-settlement-accounts/{storeId}/withdrawals');
  const title = isOut ? words.payOut : words.payIn;
  return (
    <ActionDialog<MoveValues, unknown>
      title={`${title} · ${storeName(storeId)}`}
      action={title}
      submit={({ amount, reference }, idempotencyKey) => {
        const payment = { tender: 'bank_transfer', reference };
        const body = { amount: parseMoney(amount, currency) ?? 0, payment };
        const parts = { params: { storeId }, body, idempotencyKey };
        return isOut ? payOut.mutateAsync(parts) : payIn.mutateAsync(parts);
      }}
      onClose={onClose}
    >
      <MoneyField name="amount" currency={currency} />
      <TextField name="reference" label={words.reference} max={64} />
    </ActionDialog>
  );
}
