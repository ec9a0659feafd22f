import { assert } from '../../../kernel/assert.ts';
import { refused } from '../../../kernel/outcome.ts';
import { civilDay, startOfDay } from '../../../kernel/time.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { productById } from '../../catalog/index.ts';
import { beyondScope, merchantById, storeById } from '../../merchants/index.ts';
import type { Scheme } from './scheme.ts';
import { type SchemeVersion, schemeAnswer, schemes, schemesIn } from './version.ts';

type SetSchemeInput = {
  /** A day in the merchant's zone; left out: at once. */
  readonly from: string | undefined;
  readonly note: string | null;
  readonly scheme: Scheme;
};

const named = (ids: readonly (string | null)[]) => [...new Set(ids)].filter((id) => id !== null);

/** Lays down by which rules points are earned and spent, from a day on. What was earned before stays as it is. */
export const setScheme = useCase({
  name: 'points_scheme.set',
  permission: 'points.rules',
  movesValue: false,
  needs: ({ scheme: { rules } }: SetSchemeInput, find) => ({
    merchant: find.one(merchantById, find.merchantId),
    versions: schemesIn(find),
    products: named(rules.map(({ productId }) => productId)).map((id) => find.one(productById, id)),
    stores: named(rules.map(({ storeId }) => storeId)).map((id) => find.one(storeById, id)),
  }),
  decide({ merchant, versions, products, stores }, { from, note, scheme }, { actor, now, newId }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    assert(merchant !== undefined, 'who has a key has a merchant');
    if (products.includes(undefined)) return refused('product_not_found', { field: 'rules' });
    if (stores.includes(undefined)) return refused('store_not_found', { field: 'rules' });
    if (from !== undefined && from <= civilDay(now, merchant.timezone)) {
      return refused('terms_in_the_past', {
        field: 'from',
        next: 'Name a later day, or none: then they hold from now on.',
      });
    }
    const validFrom = from === undefined ? now : startOfDay(from, merchant.timezone);
    const number = versions.length + 1;
    const version: SchemeVersion = { id: newId(), number, validFrom, note, createdAt: now, body: scheme };
    return accepted({
      activities: [
        {
          type: 'points_scheme.set',
          subjectId: version.id,
          details: { number, validFrom: validFrom.toISOString(), note, ...scheme },
        },
      ],
      changes: [put(schemes, version)],
      result: schemeAnswer(version),
    });
  },
});
