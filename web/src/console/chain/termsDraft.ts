import type { BodyOf, ItemOf } from '../../api/client.ts';
import { decimalText, parseMoney } from '../../ui/money.ts';
import { parsePercent, percentText } from '../../ui/percent.ts';

export type Terms = ItemOf<'GET /v1/settlement-terms'>;
export type Share = Terms['bearing'][number]['shares'][number];

export const lots = ['principal', 'bonus', 'compensation'] as const;
export const bearers = ['seller', 'redeemer', 'hq', 'issuer', 'sponsor'] as const;
export const every = 'every';

type RatioDraft = {
  readonly sellerId: string;
  readonly redeemerId: string;
  readonly principal: string;
  readonly bonus: string;
};
type ShareDraft = { readonly by: Share['by']; readonly partyId?: string; readonly percent: string };
type CommissionDraft = {
  readonly kind: 'load' | 'redemption';
  readonly storeId: string;
  readonly tender: string;
  readonly percent: string;
  readonly min?: string;
  readonly max?: string;
};

/** Terms as the form holds them: percentages and amounts as they are typed. */
export type TermsDraft = {
  readonly from?: string;
  readonly note?: string;
  readonly ratios?: readonly RatioDraft[];
  readonly bearing?: Partial<Readonly<Record<(typeof lots)[number], readonly ShareDraft[]>>>;
  readonly commissions?: readonly CommissionDraft[];
};

/** The terms that were laid down last, as the form shows them. */
export function termsDraft(terms: Terms | undefined, currency: string): TermsDraft {
  const text = (amount: number | null) => (amount === null ? '' : decimalText(amount, currency));
  const sharesOf = (lot: (typeof lots)[number]): ShareDraft[] =>
    (terms?.bearing.find((one) => one.lot === lot)?.shares ?? []).map(({ by, partyId, ppm }) => ({
      by,
      percent: percentText(ppm),
      ...(partyId === null ? {} : { partyId }),
    }));
  return {
    ratios: (terms?.ratios ?? []).map(({ sellerId, redeemerId, principalPpm, bonusPpm }) => ({
      sellerId: sellerId ?? every,
      redeemerId: redeemerId ?? every,
      principal: percentText(principalPpm),
      bonus: percentText(bonusPpm),
    })),
    bearing: {
      principal: sharesOf('principal'),
      bonus: sharesOf('bonus'),
      compensation: sharesOf('compensation'),
    },
    commissions: (terms?.commissions ?? []).map(({ kind, storeId, tender, ppm, min, max }) => ({
      kind,
      storeId: storeId ?? every,
      tender: tender ?? every,
      percent: percentText(ppm),
      min: text(min),
      max: text(max),
    })),
  };
}

const orNull = (text: string) => (text === every ? null : text);

/** What the server is asked for; whether it may be, it judges. */
export function termsBody(draft: TermsDraft, currency: string): BodyOf<'POST /v1/settlement-terms'> {
  const { from = '', note = '', ratios = [], bearing = {}, commissions = [] } = draft;
  return {
    ...(from === '' ? {} : { from }),
    note: note.trim() === '' ? null : note.trim(),
    ratios: ratios.map(({ sellerId, redeemerId, principal, bonus }) => ({
      sellerId: orNull(sellerId),
      redeemerId: orNull(redeemerId),
      principalPpm: parsePercent(principal) ?? 0,
      bonusPpm: parsePercent(bonus) ?? 0,
    })),
    bearing: lots.flatMap((lot) => {
      const shares = bearing[lot] ?? [];
      if (shares.length === 0) return [];
      return [{ lot, shares: shares.map(shareBody) }];
    }),
    commissions: commissions.map(({ kind, storeId, tender, percent, min = '', max = '' }) => ({
      kind,
      storeId: orNull(storeId),
      tender: orNull(tender),
      ppm: parsePercent(percent) ?? 0,
      min: parseMoney(min, currency) ?? null,
      max: parseMoney(max, currency) ?? null,
    })),
  };
}

function shareBody({ by, partyId, percent }: ShareDraft) {
  return { by, partyId: partyId ?? null, ppm: parsePercent(percent) ?? 0 };
}
