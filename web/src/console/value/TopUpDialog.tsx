import { Alert, Form, Select } from 'antd';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useCouponGift } from '../../ui/coupons/gift.ts';
import { formatMoney, parseMoney } from '../../ui/money.ts';
import { useSession } from '../../ui/session.ts';
import { formatDay } from '../../ui/time.ts';
import { wayWords } from '../../ui/value/words.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { MoneyField, TextField } from '../kit/fields.tsx';
import { useStores } from '../kit/names.ts';
import { kitWords } from '../words.ts';
import { valueWords } from './words.ts';

type Values = {
  readonly storeId: string;
  readonly amount: string;
  readonly tender: (typeof tenders)[number];
  readonly reference: string;
};
const tenders = ['cash', 'bank_card', 'wechat_pay', 'alipay', 'transfer'] as const;

/** Puts money on a wallet that was paid at a store; before that it says what is given on top. */
export function TopUpDialog({
  memberId,
  onClose,
}: {
  readonly memberId: string;
  readonly onClose: () => void;
}) {
  const words = useWords(valueWords);
  const { currency } = useSession().merchant;
  const topUp = useCommand('POST /v1/wallet-top-ups');
  return (
    <ActionDialog<Values, unknown>
      title={words.topUp}
      action={words.topUp}
      initial={{ tender: 'cash' }}
      submit={({ storeId, amount: typed, tender, reference }, idempotencyKey) => {
        const amount = parseMoney(typed, currency) ?? 0;
        const payment = { tender, amount, reference };
        return topUp.mutateAsync({ body: { memberId, storeId, amount, payment }, idempotencyKey });
      }}
      onClose={onClose}
    >
      <Fields memberId={memberId} currency={currency} />
    </ActionDialog>
  );
}

function Fields({ memberId, currency }: { readonly memberId: string; readonly currency: string }) {
  const words = useWords(valueWords);
  const ways = useWords(wayWords);
  const kit = useWords(kitWords);
  const stores = useStores();
  const rules = [{ required: true, message: kit.required }];
  return (
    <>
      <Form.Item name="storeId" label={words.store} rules={rules}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={stores.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <MoneyField name="amount" currency={currency} />
      <Form.Item name="tender" label={words.by} rules={rules}>
        <Select options={tenders.map((value) => ({ value, label: ways[value] }))} />
      </Form.Item>
      <TextField name="reference" label={words.paymentReference} max={64} />
      <Gift memberId={memberId} currency={currency} />
    </>
  );
}

/** What would be given on top, as the server reckons it. */
function Gift({ memberId, currency }: { readonly memberId: string; readonly currency: string }) {
  const words = useWords(valueWords);
  const locale = localeOf(useLanguage());
  const { timezone } = useSession().merchant;
  const form = Form.useFormInstance<Values>();
  const giftOf = useCouponGift();
  const storeId = Form.useWatch('storeId', form);
  const tender = Form.useWatch('tender', form);
  const amount = parseMoney(Form.useWatch('amount', form) ?? '', currency) ?? 0;
  const isAsked = storeId !== undefined && tender !== undefined && amount > 0;
  const { data } = useAsk(
    'POST /v1/wallet-top-up-quotes',
    { body: { memberId, storeId: storeId ?? '', amount, tender: tender ?? '' } },
    { enabled: isAsked },
  );
  if (!isAsked || !data) return null;
  const money = (sum: number) => formatMoney(sum, data.currency, locale);
  const gifts = [
    ...(data.bonus === 0 ? [] : [words.gift(money(data.bonus))]),
    ...(data.points === 0 ? [] : [words.giftPoints(data.points.toLocaleString(locale))]),
    ...giftOf(data.coupons),
  ];
  if (gifts.length === 0) return <Alert className="explain" type="info" title={words.noGift} />;
  const later = data.instalments.filter(({ usableFrom }) => usableFrom !== null);
  return (
    <Alert
      className="explain"
      type="success"
      showIcon
      title={
        <>
          {gifts.join(' + ')} {data.ruleName === null ? null : words.byRule(data.ruleName)}
        </>
      }
      description={
        later.length === 0 ? undefined : (
          <ul className="plain-list">
            {later.map(({ amount: part, usableFrom }) => (
              <li key={usableFrom}>
                {money(part)} {words.fromDay(formatDay(usableFrom ?? '', locale, timezone))}
              </li>
            ))}
          </ul>
        )
      }
    />
  );
}
