import { z } from 'zod';
import { type Refusal, refused } from '../../../kernel/outcome.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import { civilDate } from '../../../platform/http/shapes.ts';

export const fieldKinds = ['text', 'number', 'date', 'choice'] as const;

/** What a merchant keeps of each member besides, in its own words. */
export type Field = {
  readonly key: string;
  readonly label: { readonly zh: string; readonly en: string };
  readonly kind: (typeof fieldKinds)[number];
  /** Of a choice; else none. */
  readonly choices: readonly string[];
};

/** A merchant's own fields, in the order in which they are asked for. */
export type Form = {
  readonly merchantId: string;
  readonly fields: readonly Field[];
  /** Goes up with each change. */
  readonly revision: number;
};

export const forms = entity<Form>('memberForm', (form) => form.merchantId);
export const formOf = finder(forms, 'ofMerchant', (form) => [form.merchantId]);

/** For `needs`: the fields that a merchant keeps of its members. */
export const ownFields = (find: Find): readonly Field[] => find.one(formOf, find.merchantId)?.fields ?? [];

export const fieldKey = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,29}$/, 'must be a word of small letters, digits and _');

/** What is kept of one member, by the keys of the fields. */
export type Values = Readonly<Record<string, string | number>>;

/** As it was sealed. */
export const keptValues = z.record(z.string(), z.union([z.string(), z.int()]));

/** Why this cannot be kept of a member, in the order of the fields; undefined if it can. */
export function mayKeep(values: Values | undefined, form: Form | undefined): Refusal | undefined {
  for (const [key, value] of Object.entries(values ?? {})) {
    const field = form?.fields.find((one) => one.key === key);
    const unfit = field === undefined ? 'There is no such field.' : whyUnfit(field, value);
    if (unfit !== undefined) return refused('member_field_unfit', { field: `fields.${key}`, detail: unfit });
  }
  return undefined;
}

function whyUnfit({ kind, choices }: Field, value: string | number): string | undefined {
  if (kind === 'number') return typeof value === 'number' ? undefined : 'It is a whole number.';
  if (typeof value !== 'string') return 'It is no number.';
  if (kind === 'date')
    return civilDate.safeParse(value).success ? undefined : 'It is a day such as 2026-05-17.';
  if (kind === 'choice') return choices.includes(value) ? undefined : `It is one of: ${choices.join(', ')}.`;
  return undefined;
}
