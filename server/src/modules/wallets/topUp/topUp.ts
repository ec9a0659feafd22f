import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import { detailAfter } from '../wallet.ts';

/** What of a bonus went onto which lot, and what of that ended before it was spent. */
export type BonusPart = { readonly detail: string; readonly amount: number; readonly lapsed?: number };

/** Value that came onto a wallet at once, and what became of it other than being spent. */
export type TopUp = {
  readonly id: string;
  readonly memberId: string;
  /** Who answers for it. */
  readonly storeId: string;
  readonly currency: string;
  readonly tender: string;
  readonly reference: string | null;
  /** What of another module it came from: a payment order, a recharge card. */
  readonly sourceId: string | null;
  readonly principal: bigint;
  readonly paid: bigint;
  /** What a store kept of the cash for taking it. */
  readonly commission: bigint;
  readonly bonus: bigint;
  readonly ruleId: string | null;
  /** The detail of the lot that the principal is on. */
  readonly lot: string;
  readonly bonusParts: readonly BonusPart[];
  readonly refundedPrincipal: bigint;
  readonly refundedBonus: bigint;
  /** What was paid back for those. */
  readonly refunded: bigint;
  /** What of the bonus ended before it was spent. */
  readonly lapsedBonus: bigint;
  /** Given with it; what of them is taken back goes with the principal that goes back. */
  readonly points: bigint;
  /** The lot that they went into; null: none were given. */
  readonly pointsLot: string | null;
  readonly createdAt: Date;
};

export const topUps = entity<TopUp>('topUp', ({ id }) => id, 'found');
export const topUpById = finder(topUps, 'byId', ({ id }) => [id]);
export const topUpBySource = finder(topUps, 'bySource', ({ sourceId }) =>
  sourceId === null ? [] : [sourceId],
);
export const topUpsOf = finder(topUps, 'ofMember', ({ memberId }) => [memberId]);

/** A top-up as it stands once its member is another. */
export function goneOver(topUp: TopUp, memberId: string): TopUp {
  const { lot, bonusParts } = topUp;
  const after = (detail: string) => detailAfter(detail, topUp.memberId);
  return {
    ...topUp,
    memberId,
    lot: after(lot),
    bonusParts: bonusParts.map((part) => ({ ...part, detail: after(part.detail) })),
  };
}

/** A top-up once so much of its bonus has ended, on which of its lots. */
export function lapsedBy(topUp: TopUp, amounts: readonly bigint[]): TopUp {
  return {
    ...topUp,
    lapsedBonus: amounts.reduce((sum, amount) => sum + amount, topUp.lapsedBonus),
    bonusParts: topUp.bonusParts.map(({ detail, amount, lapsed = 0 }, n) => {
      const gone = jsonAmount(BigInt(lapsed) + (amounts[n] ?? 0n));
      return { detail, amount, ...(gone > 0 && { lapsed: gone }) };
    }),
  };
}

/** A top-up as the API shows it. */
export function topUpAnswer(topUp: TopUp, merchantId: string) {
  return {
    id: encodeId('tup', topUp.id),
    memberId: encodeId('mem', topUp.memberId),
    storeId: topUp.storeId === merchantId ? null : encodeId('store', topUp.storeId),
    currency: topUp.currency,
    tender: topUp.tender,
    reference: topUp.reference,
    amount: jsonAmount(topUp.principal),
    paid: jsonAmount(topUp.paid),
    bonus: jsonAmount(topUp.bonus),
    points: jsonAmount(topUp.points),
    bonusRuleId: topUp.ruleId === null ? null : encodeId('bon', topUp.ruleId),
    refundedPrincipal: jsonAmount(topUp.refundedPrincipal),
    refundedBonus: jsonAmount(topUp.refundedBonus),
    refunded: jsonAmount(topUp.refunded),
    createdAt: topUp.createdAt.toISOString(),
  };
}
