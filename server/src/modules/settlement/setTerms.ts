import { assert } from '../../kernel/assert.ts';
import { isRefused, type Refusal, refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { beyondScope, merchantById, type Store, storeById } from '../merchants/index.ts';
import { beginning } from './beginning.ts';
import { type Party, partyById } from './party.ts';
import { type SettlementTerms, whole } from './terms.ts';
import { type SettlementVersion, settlementVersions, versionsIn } from './version.ts';
import { versionAnswer } from './versionAnswer.ts';

type SetTermsInput = {
  /** A day in the merchant's zone; left out: at once. */
  readonly from: string | undefined;
  readonly note: string | null;
  readonly terms: SettlementTerms;
};

/** Lays down new terms between stores, from a day on. What was settled before keeps what was posted. */
export const setTerms = useCase({
  name: 'settlement_terms.set',
  permission: 'settlement.terms',
  movesValue: false,
  needs({ terms }: SetTermsInput, find) {
    const storeIds = new Set([
      ...terms.ratios.flatMap(({ sellerId, redeemerId }) => [sellerId, redeemerId]),
      ...terms.commissions.map(({ storeId }) => storeId),
    ]);
    const partyIds = new Set(terms.bearing.flatMap(({ shares }) => shares.map(({ partyId }) => partyId)));
    return {
      merchant: find.one(merchantById, find.merchantId),
      versions: versionsIn(find),
      stores: [...storeIds].filter((id) => id !== null).map((id) => find.one(storeById, id)),
      parties: [...partyIds].filter((id) => id !== null).map((id) => find.one(partyById, id)),
    };
  },
  decide({ merchant, versions, stores, parties }, { from, note, terms }, { actor, now, newId }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    assert(merchant !== undefined, 'who has a key has a merchant');
    const bad = mistakeIn(terms, stores, parties);
    if (bad) return bad;
    const validFrom = beginning(from, merchant.timezone, now);
    if (isRefused(validFrom)) return validFrom;
    const number = versions.filter(({ kind }) => kind === 'terms').length + 1;
    const version: SettlementVersion = {
      id: newId(),
      kind: 'terms',
      number,
      validFrom,
      note,
      createdAt: now,
      body: terms,
    };
    return accepted({
      activities: [
        {
          type: 'settlement_terms.set',
          subjectId: version.id,
          details: { number, validFrom: validFrom.toISOString(), note, ...terms },
        },
      ],
      changes: [put(settlementVersions, version)],
      result: versionAnswer(version),
    });
  },
});

/** What is wrong with terms, in check order; undefined if nothing is. */
function mistakeIn(
  { ratios, bearing, commissions }: SettlementTerms,
  stores: readonly (Store | undefined)[],
  parties: readonly (Party | undefined)[],
): Refusal | undefined {
  if (stores.includes(undefined)) return refused('store_not_found', { field: 'ratios' });
  if (parties.includes(undefined)) return refused('settlement_party_not_found', { field: 'bearing' });
  if (twice(ratios.map(({ sellerId, redeemerId }) => `${sellerId} ${redeemerId}`))) {
    return refused('invalid_request', { field: 'ratios', detail: 'Two ratios are for the same stores.' });
  }
  if (twice(bearing.map(({ lot }) => lot))) {
    return refused('invalid_request', { field: 'bearing', detail: 'A kind of value is borne by one rule.' });
  }
  for (const [n, { lot, shares }] of bearing.entries()) {
    const sum = shares.reduce((total, { ppm }) => total + ppm, 0);
    if (sum !== whole) {
      return refused('shares_not_whole', {
        field: `bearing.${n}.shares`,
        detail: `The shares of ${lot} sum to ${sum} ppm.`,
        next: 'Let them sum to 1000000.',
      });
    }
    for (const { by, partyId } of shares) {
      const kind = parties.find((party) => party?.id === partyId)?.kind;
      if (by === 'sponsor' ? kind !== 'sponsor' : kind !== undefined && kind !== by) {
        return refused('settlement_party_not_found', {
          field: `bearing.${n}.shares`,
          detail: `It names no ${by}.`,
        });
      }
    }
  }
  if (twice(commissions.map(({ kind, storeId, tender }) => JSON.stringify([kind, storeId, tender])))) {
    return refused('invalid_request', { field: 'commissions', detail: 'Two commissions are for the same.' });
  }
  const bounded = commissions.findIndex(({ min, max }) => min !== null && max !== null && min > max);
  if (bounded !== -1) {
    return refused('invalid_request', {
      field: `commissions.${bounded}.max`,
      detail: 'It is below the least.',
    });
  }
  return undefined;
}

const twice = (names: readonly string[]): boolean => new Set(names).size !== names.length;
