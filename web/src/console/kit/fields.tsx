import { Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { currencySign, parseMoney } from '../../ui/money.ts';
import { parsePercent } from '../../ui/percent.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { kitWords } from '../words.ts';

type Named = { readonly name: string | (string | number)[]; readonly label?: string | undefined };

function Optional({ children }: { readonly children: ReactNode }) {
  const words = useWords(kitWords);
  return (
    <>
      {children} <span className="optional">{words.optional}</span>
    </>
  );
}

/** A field for one line of text that has to be given. */
export function TextField({
  name,
  label,
  optional = false,
  max = 200,
  hint,
}: Named & {
  readonly optional?: boolean;
  readonly max?: number;
  readonly hint?: string;
}) {
  const words = useWords(kitWords);
  return (
    <Form.Item
      name={name}
      label={optional ? <Optional>{label}</Optional> : label}
      extra={hint}
      rules={optional ? [] : [{ required: true, whitespace: true, message: words.required }]}
    >
      <Input maxLength={max} autoComplete="off" />
    </Form.Item>
  );
}

/** Why somebody does something, for the log. */
export function ReasonField({
  optional = false,
  max = 500,
}: {
  readonly optional?: boolean;
  readonly max?: number;
}) {
  const words = useWords(kitWords);
  return (
    <TextField name="reason" label={words.reason} hint={words.reasonHint} max={max} optional={optional} />
  );
}

const whole = 1_000_000;

/** A percentage of at most all, as it is typed; `parsePercent` turns it into parts per million. */
export function PercentField({
  name,
  label,
  optional = false,
  hint,
}: Named & { readonly optional?: boolean; readonly hint?: string }) {
  const words = useWords(kitWords);
  const isGood = (text: string | undefined) => {
    if (text === undefined || text === '') return optional;
    const ppm = parsePercent(text);
    return ppm !== undefined && ppm <= whole;
  };
  return (
    <Form.Item
      name={name}
      label={optional ? <Optional>{label}</Optional> : label}
      extra={hint}
      required={!optional}
      rules={[
        {
          validator: (_rule, text: string | undefined) =>
            isGood(text) ? Promise.resolve() : Promise.reject(new Error(words.badPercent)),
        },
      ]}
    >
      <Input suffix="%" inputMode="decimal" autoComplete="off" />
    </Form.Item>
  );
}

/** An amount as it is typed; `parseMoney` turns it into minor units. */
export function MoneyField({
  name,
  label,
  currency,
  optional = false,
  signed = false,
  orNothing = false,
  hint,
}: Named & {
  readonly currency: string;
  readonly optional?: boolean;
  readonly signed?: boolean;
  /** Nothing at all is an amount as well. */
  readonly orNothing?: boolean;
  readonly hint?: string;
}) {
  const words = useWords(kitWords);
  const locale = localeOf(useLanguage());
  const isGood = (text: string | undefined) => {
    if (text === undefined || text === '') return optional;
    const amount = parseMoney(text, currency);
    return amount !== undefined && (orNothing || amount !== 0) && (signed || amount >= (orNothing ? 0 : 1));
  };
  return (
    <Form.Item
      name={name}
      label={optional ? <Optional>{label ?? words.amount}</Optional> : (label ?? words.amount)}
      extra={hint}
      required={!optional}
      rules={[
        {
          validator: (_rule, text: string | undefined) =>
            isGood(text) ? Promise.resolve() : Promise.reject(new Error(words.badAmount)),
        },
      ]}
    >
      <Input prefix={currencySign(currency, locale)} inputMode="decimal" autoComplete="off" />
    </Form.Item>
  );
}
