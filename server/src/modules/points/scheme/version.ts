import { encodeId } from '../../../kernel/id.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import type { Scheme } from './scheme.ts';

/** A scheme as somebody laid it down. A later one takes its place; it stays. */
export type SchemeVersion = {
  readonly id: string;
  /** 1, 2, 3 … */
  readonly number: number;
  /** From when on it holds, until a later one does. */
  readonly validFrom: Date;
  readonly note: string | null;
  readonly body: Scheme;
  readonly createdAt: Date;
};

export const schemes = entity<SchemeVersion>('pointsScheme', (version) => version.id);
/** All of a merchant, under this one key: they are few, and most merchants have none. */
const all = 'all';
export const schemesOfMerchant = finder(schemes, 'all', () => [all]);

/** All schemes of a merchant: one look-up, in memory after the first. */
export function schemesIn(find: Find): readonly SchemeVersion[] {
  return find.all(schemesOfMerchant, all);
}

/** The scheme that holds at a time: the latest to have begun; of several that began together the last to be made. */
export function schemeAt(versions: readonly SchemeVersion[], now: Date): Scheme | undefined {
  let found: SchemeVersion | undefined;
  for (const version of versions) {
    if (version.validFrom > now) continue;
    const [began, before] = [version.validFrom.getTime(), found?.validFrom.getTime() ?? 0];
    if (!found || began > before || (began === before && version.number > found.number)) found = version;
  }
  return found?.body;
}

/** A scheme as the API shows it. */
export function schemeAnswer({ id, number, validFrom, note, createdAt, body }: SchemeVersion) {
  return {
    id: encodeId('psc', id),
    number,
    validFrom: validFrom.toISOString(),
    note,
    createdAt: createdAt.toISOString(),
    ...body,
    rules: body.rules.map((rule) => ({
      ...rule,
      productId: rule.productId === null ? null : encodeId('prd', rule.productId),
      categoryId: rule.categoryId === null ? null : encodeId('cat', rule.categoryId),
      storeId: rule.storeId === null ? null : encodeId('store', rule.storeId),
    })),
  };
}
