import { Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useCommand } from '../../../ui/asking.ts';
import { formatMoney } from '../../../ui/money.ts';
import { localeOf, useLanguage, useWords } from '../../../ui/words.ts';
import { ActionDialog } from '../../kit/ActionDialog.tsx';
import { kitWords } from '../../words.ts';
import { usePlans } from '../choices.ts';
import type { DialogProps } from '../overview.ts';
import { spanText } from '../plan.ts';
import { membershipWords } from '../words.ts';
import { type PaidValues, PaymentFields, paymentOf, StoreField, storeOf } from './fields.tsx';

type JoinValues = PaidValues & { readonly planId: string; readonly firstDay?: string };

/** Sells a card type to a member who has none. */
export function JoinDialog({ overview: { memberId }, onClose }: DialogProps) {
  const words = useWords(membershipWords);
  const kit = useWords(kitWords);
  const language = useLanguage();
  const join = useCommand('POST /v1/memberships');
  const sold = (usePlans() ?? []).filter(({ state }) => state === 'active');
  const [planId, setPlanId] = useState<string>();
  const plan = sold.find(({ id }) => id === planId);
  const labelOf = ({ name, span, price, currency }: (typeof sold)[number]) =>
    `${name[language]} · ${spanText(span, language)} · ${formatMoney(price, currency, localeOf(language))}`;
  return (
    <ActionDialog<JoinValues, unknown>
      title={words.join}
      action={words.join}
      submit={({ firstDay = '', ...values }, idempotencyKey) => {
        const { storeId } = values;
        const asked = { memberId, planId: values.planId, storeId, ...paymentOf(values, plan?.price ?? 0) };
        const body = firstDay === '' ? asked : { ...asked, firstDay };
        return join.mutateAsync({ body, idempotencyKey });
      }}
      onClose={onClose}
    >
      <Form.Item name="planId" label={words.plan} rules={[{ required: true, message: kit.required }]}>
        <Select
          placeholder={words.choosePlan}
          options={sold.map((one) => ({ value: one.id, label: labelOf(one) }))}
          onChange={(id: string) => setPlanId(id)}
        />
      </Form.Item>
      <Form.Item name="firstDay" label={words.firstDay} extra={words.firstDayWhy}>
        <Input type="date" />
      </Form.Item>
      <StoreField />
      {plan ? <PaymentFields amount={plan.price} currency={plan.currency} /> : null}
    </ActionDialog>
  );
}

/** Another span of the same card type. */
export function RenewDialog({ overview: { membership, renewal }, onClose }: DialogProps) {
  const words = useWords(membershipWords);
  const renew = useCommand('POST /v1/memberships/{id}/renew');
  if (!membership || !renewal) return null;
  const { price, currency, lastDay } = renewal;
  return (
    <ActionDialog<PaidValues, unknown>
      title={words.renew}
      action={words.renew}
      initial={storeOf(membership)}
      submit={(values, idempotencyKey) => {
        const body = { storeId: values.storeId, ...paymentOf(values, price) };
        return renew.mutateAsync({ params: { id: membership.id }, body, idempotencyKey });
      }}
      onClose={onClose}
    >
      <p className="soft">{words.goodTo(lastDay)}</p>
      <StoreField />
      <PaymentFields amount={price} currency={currency} />
    </ActionDialog>
  );
}

/** Another card type in the place of this one, less what is not used up of it. */
export function UpgradeDialog({ overview: { membership, plan: bought, upgrades }, onClose }: DialogProps) {
  const words = useWords(membershipWords);
  const kit = useWords(kitWords);
  const language = useLanguage();
  const upgrade = useCommand('POST /v1/memberships/{id}/upgrade');
  const [planId, setPlanId] = useState<string>();
  const chosen = upgrades.find(({ plan }) => plan.id === planId);
  if (!membership || !bought) return null;
  const { currency } = bought;
  const money = (amount: number) => formatMoney(amount, currency, localeOf(language));
  return (
    <ActionDialog<PaidValues & { readonly planId: string }, unknown>
      title={words.upgrade}
      action={words.upgrade}
      initial={storeOf(membership)}
      submit={(values, idempotencyKey) => {
        const { storeId } = values;
        const body = { planId: values.planId, storeId, ...paymentOf(values, chosen?.due ?? 0) };
        return upgrade.mutateAsync({ params: { id: membership.id }, body, idempotencyKey });
      }}
      onClose={onClose}
    >
      {upgrades.length === 0 ? <p className="soft">{words.noUpgrades}</p> : null}
      <Form.Item name="planId" rules={[{ required: true, message: kit.required }]}>
        <Radio.Group
          className="upright"
          options={upgrades.map(({ plan, price, lastDay }) => ({
            value: plan.id,
            label: `${plan.name[language]} · ${money(price)} · ${words.goodTo(lastDay)}`,
          }))}
          onChange={({ target }) => setPlanId(String(target.value))}
        />
      </Form.Item>
      <StoreField />
      {chosen ? (
        <>
          <p className="soft">{words.credit(money(chosen.credit))}</p>
          <PaymentFields amount={chosen.due} currency={currency} />
        </>
      ) : null}
    </ActionDialog>
  );
}
