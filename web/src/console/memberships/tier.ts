import type { BodyOf, ItemOf } from '../../api/client.ts';
import { decimalText, formatMoney, parseMoney } from '../../ui/money.ts';
import { type Language, localeOf } from '../../ui/words.ts';
import { type DiscountDraft, discountBody, discountDraft, noDiscount, type Plan, type Span } from './plan.ts';
import { tierWords } from './words.ts';

export type Ladder = ItemOf<'GET /v1/membership-tiers'>;
export type Tier = Ladder['tiers'][number];

export const downgrades = ['one_down', 'by_reached', 'never'] as const;

export type TierDraft = {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly discount: DiscountDraft;
  readonly spend: string;
  readonly points: number | null;
  readonly planIds: string[];
  readonly keepSpend: string;
  readonly keepPoints: number | null;
};

/** The tiers as the form holds them, the lowest first. */
export type LadderDraft = {
  readonly isPeriodic: boolean;
  readonly count: number;
  readonly unit: Span['unit'];
  readonly downgrade: Ladder['downgrade'];
  readonly tiers: readonly TierDraft[];
};

export const newTier: TierDraft = {
  code: '',
  nameZh: '',
  nameEn: '',
  discount: noDiscount,
  spend: '',
  points: null,
  planIds: [],
  keepSpend: '',
  keepPoints: null,
};

/** The tiers that hold, as the form shows them. */
export function ladderDraft(ladder: Ladder | undefined): LadderDraft {
  const period = ladder?.period ?? null;
  return {
    isPeriodic: ladder === undefined || period !== null,
    count: period?.count ?? 1,
    unit: period?.unit ?? 'years',
    downgrade: ladder?.downgrade ?? 'one_down',
    tiers: ladder === undefined ? [newTier] : ladder.tiers.map((tier) => tierDraft(tier, ladder.currency)),
  };
}

function tierDraft({ code, name, discount, entry, keep }: Tier, currency: string): TierDraft {
  const text = (amount: number | null) => (amount === null ? '' : decimalText(amount, currency));
  return {
    code,
    nameZh: name.zh,
    nameEn: name.en,
    discount: discountDraft(discount),
    spend: text(entry.spend),
    points: entry.points,
    planIds: entry.planIds,
    keepSpend: text(keep.spend),
    keepPoints: keep.points,
  };
}

/** What the server is asked for; whether it may be, it judges. */
export function ladderBody(draft: LadderDraft, currency: string): BodyOf<'POST /v1/membership-tiers'> {
  const { isPeriodic, count, unit, downgrade, tiers } = draft;
  const amount = (text: string) => parseMoney(text ?? '', currency) ?? null;
  return {
    period: isPeriodic ? { count, unit } : null,
    downgrade,
    tiers: tiers.map((tier) => ({
      code: tier.code,
      name: { zh: tier.nameZh, en: (tier.nameEn ?? '') === '' ? tier.nameZh : tier.nameEn },
      discount: discountBody(tier.discount),
      entry: { spend: amount(tier.spend), points: tier.points ?? null, planIds: tier.planIds ?? [] },
      keep: { spend: amount(tier.keepSpend), points: tier.keepPoints ?? null },
    })),
  };
}

type Threshold = { readonly spend: number | null; readonly points: number | null };

/** What leads to a tier, or keeps it, in words; empty where nothing does. */
export function thresholdText(
  { spend, points }: Threshold,
  plans: readonly Pick<Plan, 'name'>[],
  currency: string,
  language: Language,
): string {
  const words = tierWords[language];
  const locale = localeOf(language);
  return [
    ...(spend === null ? [] : [words.spendText(formatMoney(spend, currency, locale))]),
    ...(points === null ? [] : [words.pointsText(points.toLocaleString(locale))]),
    ...plans.map(({ name }) => words.planText(name[language])),
  ].join(words.or);
}
