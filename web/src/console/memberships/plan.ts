import type { BodyOf, ItemOf } from '../../api/client.ts';
import { decimalText, parseMoney } from '../../ui/money.ts';
import { parsePercent, percentText } from '../../ui/percent.ts';
import type { Language } from '../../ui/words.ts';
import { planWords } from './words.ts';

export type Plan = ItemOf<'GET /v1/membership-plans'>;
export type Discount = Plan['discount'];
export type Span = Plan['span'];
type PlanBody = BodyOf<'POST /v1/membership-plans'>;

/** A discount as a form holds it: percentages as they are typed. */
export type DiscountDraft = {
  readonly percent: string;
  readonly walletPercent: string;
  readonly categories: readonly {
    readonly categoryId: string;
    readonly percent: string;
    readonly walletPercent: string;
  }[];
};

export const noDiscount: DiscountDraft = { percent: '0', walletPercent: '', categories: [] };

/** A card type as the form holds it. */
export type PlanDraft = {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly kind: SpanKind;
  readonly count: number;
  readonly unit: Span['unit'];
  readonly price: string;
  readonly discount: DiscountDraft;
  readonly graceDays: number;
  readonly pauseDaysMax: number;
};

const spans = {
  month: { count: 1, unit: 'months' },
  quarter: { count: 3, unit: 'months' },
  year: { count: 1, unit: 'years' },
  years3: { count: 3, unit: 'years' },
} as const satisfies Readonly<Record<string, Span>>;
export const spanKinds = ['month', 'quarter', 'year', 'years3', 'own'] as const;
type SpanKind = (typeof spanKinds)[number];

export const newPlan: PlanDraft = {
  nameZh: '',
  nameEn: '',
  kind: 'year',
  count: 6,
  unit: 'months',
  price: '',
  discount: noDiscount,
  graceDays: 0,
  pauseDaysMax: 0,
};

function kindOf({ count, unit }: Span): SpanKind {
  const found = spanKinds.find(
    (kind) => kind !== 'own' && spans[kind].count === count && spans[kind].unit === unit,
  );
  return found ?? 'own';
}

/** A discount as a form shows it. */
export function discountDraft({ ppm, walletPpm, categories }: Discount): DiscountDraft {
  const text = (part: number | null) => (part === null ? '' : percentText(part));
  return {
    percent: text(ppm),
    walletPercent: text(walletPpm),
    categories: categories.map((one) => ({
      categoryId: one.categoryId,
      percent: text(one.ppm),
      walletPercent: text(one.walletPpm),
    })),
  };
}

/** What the server is asked for. Fields of a form may be missing where nobody touched them. */
export function discountBody({ percent, walletPercent, categories }: DiscountDraft): PlanBody['discount'] {
  return {
    ppm: parsePercent(percent) ?? 0,
    walletPpm: parsePercent(walletPercent ?? '') ?? null,
    categories: (categories ?? []).map((one) => ({
      categoryId: one.categoryId,
      ppm: parsePercent(one.percent) ?? 0,
      walletPpm: parsePercent(one.walletPercent ?? '') ?? null,
    })),
  };
}

/** A card type as the form shows it. */
export function planDraft(plan: Plan): PlanDraft {
  return {
    nameZh: plan.name.zh,
    nameEn: plan.name.en,
    kind: kindOf(plan.span),
    count: plan.span.count,
    unit: plan.span.unit,
    price: decimalText(plan.price, plan.currency),
    discount: discountDraft(plan.discount),
    graceDays: plan.graceDays,
    pauseDaysMax: plan.pauseDaysMax,
  };
}

/** What the server is asked for; whether it may be, it judges. */
export function planBody(draft: PlanDraft, currency: string): PlanBody {
  const { kind, count, unit } = draft;
  return {
    name: { zh: draft.nameZh, en: draft.nameEn === '' ? draft.nameZh : draft.nameEn },
    span: kind === 'own' ? { count, unit } : spans[kind],
    price: parseMoney(draft.price, currency) ?? 0,
    discount: discountBody(draft.discount),
    graceDays: draft.graceDays,
    pauseDaysMax: draft.pauseDaysMax,
  };
}

/** How long a card type lasts, in words. */
export function spanText({ count, unit }: Span, language: Language): string {
  const words = planWords[language];
  return { days: words.inDays, months: words.inMonths, years: words.inYears }[unit](count);
}

/** What comes off, in words: in Chinese what is left of ten. */
export function rateText(ppm: number, language: Language): string {
  const words = planWords[language];
  return ppm === 0
    ? words.none
    : words.off(percentText(ppm), percentText(Math.round((1_000_000 - ppm) / 10)));
}
