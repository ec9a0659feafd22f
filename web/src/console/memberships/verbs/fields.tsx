import { Form, Select } from 'antd';
import { tenderWords } from '../../../ui/cards/words.ts';
import { formatMoney } from '../../../ui/money.ts';
import { localeOf, useLanguage, useWords } from '../../../ui/words.ts';
import { TextField } from '../../kit/fields.tsx';
import { useStores } from '../../kit/names.ts';
import { kitWords } from '../../words.ts';
import { membershipWords } from '../words.ts';

export type PaidValues = {
  readonly storeId: string;
  readonly tender?: keyof typeof tenderWords.zh | 'wallet';
  /** What the member’s phone shows, where the wallet pays. */
  readonly code?: string;
  readonly reference?: string;
};

/** Where it is done. */
export function StoreField() {
  const words = useWords(membershipWords);
  const kit = useWords(kitWords);
  const stores = useStores().filter(({ state }) => state === 'open');
  return (
    <Form.Item name="storeId" label={words.store} rules={[{ required: true, message: kit.required }]}>
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        options={stores.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Form.Item>
  );
}

/** How exactly this sum is paid, or paid back; nothing where it is nothing. */
export function PaymentFields({
  amount,
  currency,
  isBack = false,
}: {
  readonly amount: number;
  readonly currency: string;
  readonly isBack?: boolean;
}) {
  const words = useWords(membershipWords);
  const kit = useWords(kitWords);
  const tenders = useWords(tenderWords);
  const language = useLanguage();
  const isWallet = Form.useWatch<string | undefined>('tender') === 'wallet';
  if (amount === 0) return <p className="net-line flat">{isBack ? words.nothingBack : words.free}</p>;
  const text = formatMoney(amount, currency, localeOf(language));
  const offered = Object.entries(isBack ? tenders : { ...tenders, wallet: words.byWallet });
  return (
    <>
      <p className="net-line flat">{isBack ? words.back(text) : words.due(text)}</p>
      <div className="pair">
        <Form.Item
          name="tender"
          label={isBack ? words.payBack : words.tender}
          rules={[{ required: true, message: kit.required }]}
        >
          <Select options={offered.map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        {isWallet ? (
          <TextField name="code" label={words.memberCode} hint={words.memberCodeWhy} max={128} optional />
        ) : (
          <TextField name="reference" label={isBack ? words.backReference : words.reference} max={64} />
        )}
      </div>
    </>
  );
}

/** The payment of exactly this sum, as the server is told of it. */
export function paymentOf({ tender = 'cash', reference = '', code = '' }: PaidValues, amount: number) {
  if (amount === 0) return {};
  if (tender !== 'wallet') return { payment: { tender, amount, reference } };
  return { payment: { tender, amount, ...(code === '' ? {} : { code }) } };
}

/** The money that is paid out, as the server is told of it. */
export function paidBack({ tender = 'cash', reference = '' }: PaidValues, amount: number) {
  return amount === 0 ? {} : { payment: { tender, amount, reference } };
}

/** The store at which a membership was last paid for; nothing where that was elsewhere. */
export const storeOf = ({ storeId }: { readonly storeId: string | null }) =>
  storeId === null ? {} : { storeId };
