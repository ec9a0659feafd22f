import { Alert } from 'antd';
import type { BodyOf, ItemOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { decimalText, formatMoney, parseMoney } from '../../ui/money.ts';
import { useSession } from '../../ui/session.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { MoneyField, TextField } from '../kit/fields.tsx';
import { deviceWords, limitWords, staffWords } from './words.ts';

type Member = ItemOf<'GET /v1/staff'>;
type Device = ItemOf<'GET /v1/devices'>;
type Ceilings = NonNullable<BodyOf<'PATCH /v1/staff/{id}'>['ceilings']>;
type Texts = { readonly [verb: string]: { readonly each?: string; readonly day?: string } | undefined };

/** The limits of somebody, in a line. */
export function useLimitsText(): (of: Pick<Member, 'ceilings'>) => string | null {
  const words = useWords(staffWords);
  const names: Readonly<Record<string, string>> = useWords(limitWords);
  const { currency } = useSession().merchant;
  const locale = localeOf(useLanguage());
  const money = (label: string, amount: number | undefined) =>
    amount === undefined ? [] : [`${label} ${formatMoney(amount, currency, locale)}`];
  return ({ ceilings }) => {
    const lines = Object.entries(ceilings).map(([verb, limit]) =>
      [names[verb] ?? verb, ...money(words.each, limit?.each), ...money(words.day, limit?.day)].join(' '),
    );
    return lines.length === 0 ? words.noLimits : lines.join('; ');
  };
}

/** Limits as they are typed, and back. */
function useLimitTexts(ceilings: Member['ceilings']) {
  const { currency } = useSession().merchant;
  const verbs = Object.keys(limitWords.zh);
  const text = (amount: number | undefined) => (amount === undefined ? '' : decimalText(amount, currency));
  const initial: Texts = Object.fromEntries(
    verbs.map((verb) => [verb, { each: text(ceilings[verb]?.each), day: text(ceilings[verb]?.day) }]),
  );
  const ceilingsOf = (texts: Texts): Ceilings =>
    Object.fromEntries(
      verbs.flatMap((verb) => {
        const each = parseMoney(texts[verb]?.each ?? '', currency);
        const day = parseMoney(texts[verb]?.day ?? '', currency);
        return each === undefined && day === undefined ? [] : [[verb, { each, day }]];
      }),
    );
  return { initial, ceilingsOf };
}

function LimitFields() {
  const words = useWords(staffWords);
  const names = useWords(limitWords);
  const { currency } = useSession().merchant;
  return (
    <>
      <Alert className="explain" type="info" title={words.limitsWhy} />
      {Object.entries(names).map(([verb, name]) => (
        <fieldset key={verb} className="limit">
          <legend>{name}</legend>
          <div className="boxes">
            <MoneyField name={['limits', verb, 'each']} label={words.each} currency={currency} optional />
            <MoneyField name={['limits', verb, 'day']} label={words.day} currency={currency} optional />
          </div>
        </fieldset>
      ))}
    </>
  );
}

/** How much somebody may move by each verb, each time and a day. */
export function LimitsDialog({ member, onClose }: { readonly member: Member; readonly onClose: () => void }) {
  const words = useWords(staffWords);
  const update = useCommand('PATCH /v1/staff/{id}');
  const { initial, ceilingsOf } = useLimitTexts(member.ceilings);
  return (
    <ActionDialog<{ limits: Texts }, unknown>
      title={`${words.limits} · ${member.name}`}
      action={words.saveLimits}
      initial={{ limits: initial }}
      submit={({ limits }, idempotencyKey) => {
        const body = { ceilings: ceilingsOf(limits) };
        return update.mutateAsync({ params: { id: member.id }, body, idempotencyKey });
      }}
      onClose={onClose}
    >
      <LimitFields />
    </ActionDialog>
  );
}

/** What a device is called, and how much may be moved on it. */
export function DeviceLimitsDialog({
  device,
  onClose,
}: {
  readonly device: Device;
  readonly onClose: () => void;
}) {
  const words = useWords(deviceWords);
  const update = useCommand('PATCH /v1/devices/{id}');
  const { initial, ceilingsOf } = useLimitTexts(device.ceilings);
  return (
    <ActionDialog<{ name: string; limits: Texts }, unknown>
      title={words.change}
      action={words.change}
      initial={{ name: device.name, limits: initial }}
      submit={({ name, limits }, idempotencyKey) => {
        const body = { name, ceilings: ceilingsOf(limits) };
        return update.mutateAsync({ params: { id: device.id }, body, idempotencyKey });
      }}
      onClose={onClose}
    >
      <TextField name="name" label={words.name} />
      <LimitFields />
    </ActionDialog>
  );
}
