import { z } from 'zod';
import { amountJson, idIn, idOut, positiveAmount, textIn } from '../../../platform/http/shapes.ts';
import { roleWords } from '../bundles.ts';
import type { Limit, Limits } from '../limits/limits.ts';
import { ceilingWords, type Permission, permissionWords } from '../permissions.ts';
import type { Scope } from '../staff.ts';

export const staffRole = z.enum(roleWords).exclude(['public']);

export const scopeIn = z
  .strictObject({
    storeIds: z.array(idIn('store')).min(1).max(1000).nullable().default(null),
    regions: z.array(textIn(64)).min(1).max(100).nullable().default(null),
  })
  .meta({
    description: 'Where they work: everywhere without any; else these stores and those of these regions.',
  });
const scopeOut = z.object({
  storeIds: z.array(idOut('store')).nullable(),
  regions: z.array(z.string()).nullable(),
});

/** A scope as it came in, for the rules. */
export function scopeOf({ storeIds, regions }: z.output<typeof scopeIn>): Scope {
  return { storeIds: storeIds && new Set(storeIds), regions: regions && new Set(regions) };
}

const limitIn = z
  .strictObject({ each: positiveAmount.optional(), day: positiveAmount.optional() })
  .refine(({ each, day }) => each !== undefined || day !== undefined, 'must limit something');
export const limitsIn = z
  .partialRecord(z.enum(ceilingWords), limitIn)
  .transform(
    (given): Limits =>
      new Map(
        ceilingWords.flatMap((word): [Permission, Limit][] => {
          const limit = given[word];
          return limit === undefined ? [] : [[word, limit]];
        }),
      ),
  )
  .meta({ description: 'The largest amount for a permission, at once and together in a day.' });
const limitsOut = z.partialRecord(
  z.enum(permissionWords),
  z.object({ each: amountJson.optional(), day: amountJson.optional() }),
);

/** What somebody is to be able to do, and where. */
export const termsIn = {
  role: staffRole.optional(),
  roleId: idIn('role').optional(),
  scope: scopeIn.optional(),
  ceilings: limitsIn.optional(),
};

/** Terms as they came in, for the rules. */
export function termsOf({ role, roleId, scope, ceilings }: z.output<z.ZodObject<typeof termsIn>>) {
  return {
    role: role ?? null,
    roleId: roleId ?? null,
    ...(scope ? scopeOf(scope) : { storeIds: null, regions: null }),
    limits: ceilings ?? new Map(),
  };
}

export const oneRole = { path: ['role'], message: 'give a role or the id of an own role, not both' };

/** What somebody is able to do, and where, as the API shows it. */
export const termsOut = {
  role: staffRole.nullable().meta({ description: 'null: the own role that roleId names.' }),
  roleId: idOut('role').nullable(),
  scope: scopeOut,
  ceilings: limitsOut,
};
