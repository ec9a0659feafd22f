import { z } from 'zod';
import { idIn, idOut } from '../../../platform/http/shapes.ts';

const namedMax = 200;
const named = (prefix: string) => z.array(idIn(prefix)).max(namedMax).default([]);

/** A scope as it comes in. */
export const scopeIn = z.strictObject({
  storeIds: named('store'),
  categoryIds: named('cat'),
  productIds: named('prd'),
});
export const scopeOut = z.object({
  storeIds: z.array(idOut('store')),
  categoryIds: z.array(idOut('cat')),
  productIds: z.array(idOut('prd')),
});

const nameOut = z.object({ zh: z.string(), en: z.string().nullable() });
/** A scope by names. */
export const scopeNamesOut = z.object({ stores: z.array(z.string()), goods: z.array(nameOut) });
