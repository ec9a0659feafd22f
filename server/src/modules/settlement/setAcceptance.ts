import { assert } from '../../kernel/assert.ts';
import { isRefused, refused } from '../../kernel/outcome.ts';
import { daysAfter, startOfDay } from '../../kernel/time.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { beyondScope, merchantById, storeById } from '../merchants/index.ts';
import type { AcceptanceRule } from './acceptance.ts';
import { beginning } from './beginning.ts';
import { type SettlementVersion, settlementVersions, versionsIn } from './version.ts';
import { versionAnswer } from './versionAnswer.ts';

/** Its days are the merchant's; the last is in it. */
export type AskedRule = Pick<AcceptanceRule, 'storeId' | 'takes' | 'sellerIds'> & {
  readonly firstDay: string | null;
  readonly lastDay: string | null;
};

type SetAcceptanceInput = {
  readonly from: string | undefined;
  readonly note: string | null;
  readonly rules: readonly AskedRule[];
};

/** Lays down which store takes what which stores sold, from a day on. */
export const setAcceptance = useCase({
  name: 'acceptance.set',
  permission: 'settlement.terms',
  movesValue: false,
  needs({ rules }: SetAcceptanceInput, find) {
    const ids = new Set(rules.flatMap(({ storeId, sellerIds }) => [storeId, ...sellerIds]));
    return {
      merchant: find.one(merchantById, find.merchantId),
      versions: versionsIn(find),
      stores: [...ids].filter((id) => id !== null).map((id) => find.one(storeById, id)),
    };
  },
  decide({ merchant, versions, stores }, { from, note, rules: asked }, { actor, now, newId }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    assert(merchant !== undefined, 'who has a key has a merchant');
    const zone = merchant.timezone;
    if (stores.includes(undefined)) return refused('store_not_found', { field: 'rules' });
    const rules = asked.map(({ firstDay, lastDay, ...rule }) => ({
      ...rule,
      from: firstDay === null ? null : startOfDay(firstDay, zone).toISOString(),
      until: lastDay === null ? null : startOfDay(daysAfter(lastDay, 1), zone).toISOString(),
    }));
    const empty = rules.findIndex(
      (rule) => rule.from !== null && rule.until !== null && rule.from >= rule.until,
    );
    if (empty !== -1) {
      return refused('invalid_request', {
        field: `rules.${empty}.lastDay`,
        detail: 'It is before the first.',
      });
    }
    const validFrom = beginning(from, zone, now);
    if (isRefused(validFrom)) return validFrom;
    const number = versions.filter(({ kind }) => kind === 'acceptance').length + 1;
    const version: SettlementVersion = {
      id: newId(),
      kind: 'acceptance',
      number,
      validFrom,
      note,
      createdAt: now,
      body: { rules },
    };
    return accepted({
      activities: [
        {
          type: 'acceptance.set',
          subjectId: version.id,
          details: { number, validFrom: validFrom.toISOString(), note, rules },
        },
      ],
      changes: [put(settlementVersions, version)],
      result: versionAnswer(version),
    });
  },
});
