import type { BodyOf, ItemOf } from '../../api/client.ts';
import { decimalText, formatMoney, parseMoney } from '../../ui/money.ts';
import { parsePercent, percentText } from '../../ui/percent.ts';
import { type Language, localeOf } from '../../ui/words.ts';
import { bonusWords } from './words.ts';

export type Rule = ItemOf<'GET /v1/bonus-rules'>;
type RuleBody = BodyOf<'POST /v1/bonus-rules'>;
export type PreviewBody = BodyOf<'POST /v1/bonus-rule-previews'>;

/** One step as the form holds it: what is typed. */
export type DraftStep = {
  readonly from?: string;
  readonly kind?: 'sum' | 'percent' | 'points' | 'coupons';
  readonly given?: string;
  /** How many, where it gives points. */
  readonly points?: number | null;
  /** Of which template, and how many, where it gives coupons. */
  readonly templateId?: string;
  readonly count?: number | null;
};
export type Draft = {
  readonly name: string;
  readonly occasion: Rule['occasion'];
  readonly steps: readonly DraftStep[];
  readonly instalments: number;
  readonly validDays?: number | null;
  readonly storeIds: string[];
  readonly tenders: string[];
  readonly from?: string;
  readonly lastDay?: string;
  readonly scope: Rule['scope'];
};

export const newDraft: Draft = {
  name: '',
  occasion: 'each',
  steps: [{ from: '', kind: 'sum', given: '' }],
  instalments: 1,
  storeIds: [],
  tenders: [],
  scope: { storeIds: [], categoryIds: [], productIds: [] },
};

/** What a rule may give as a part, in parts per million; undefined if what is typed is none. */
export function ppmOf(text: string): number | undefined {
  const ppm = parsePercent(text);
  return ppm === undefined || ppm === 0 || ppm > 10_000_000 ? undefined : ppm;
}

/** A rule as the form shows it, to be the model of a new one. */
export function draftOf({
  name,
  occasion,
  steps,
  instalments,
  validity,
  storeIds,
  tenders,
  scope,
  currency,
}: Rule): Draft {
  return {
    ...newDraft,
    ...{ name, occasion, instalments, storeIds, tenders, scope },
    steps: steps.map((step) => ({ from: decimalText(step.from, currency), ...givenOf(step, currency) })),
    validDays: validity.type === 'after' && validity.unit === 'days' ? validity.count : null,
  };
}

/** What a step gives, as it is typed: of several the money. */
function givenOf({ bonus, ppm, points, coupons }: Rule['steps'][number], currency: string) {
  if (bonus !== null) return { kind: 'sum' as const, given: decimalText(bonus, currency) };
  if (ppm !== null) return { kind: 'percent' as const, given: percentText(ppm) };
  return coupons === null ? { kind: 'points' as const, points } : { kind: 'coupons' as const, ...coupons };
}

/** What a step gives as the server takes it; undefined while it is not filled in. */
function givenIn({ kind, given = '', points, templateId, count }: DraftStep, currency: string) {
  if (kind === 'coupons') return templateId && count ? { coupons: { templateId, count } } : undefined;
  if (kind === 'points') return points ? { points } : undefined;
  const value = kind === 'percent' ? ppmOf(given) : parseMoney(given, currency);
  if (value === undefined || value <= 0) return undefined;
  return kind === 'percent' ? { ppm: value } : { bonus: value };
}

/** The steps as the server takes them; undefined while one is not filled in. */
function stepsOf(draft: Draft, currency: string): PreviewBody['steps'] | undefined {
  const steps: PreviewBody['steps'] = [];
  for (const step of draft.steps) {
    const least = parseMoney(step.from ?? '', currency);
    const given = givenIn(step, currency);
    if (!least || least < 0 || given === undefined) return undefined;
    steps.push({ from: least, ...given });
  }
  return steps.length === 0 ? undefined : steps;
}

const validityOf = ({ validDays }: Draft): NonNullable<PreviewBody['validity']> =>
  validDays ? { type: 'after', count: validDays, unit: 'days' } : { type: 'none' };

/** What an example is asked for with: what each step begins with; undefined while there is nothing to show. */
export function previewOf(draft: Draft, currency: string): PreviewBody | undefined {
  const steps = stepsOf(draft, currency);
  if (steps === undefined || !draft.instalments) return undefined;
  const amounts = [...new Set(steps.map(({ from }) => from))].toSorted((one, other) => one - other);
  return { steps, amounts, instalments: draft.instalments, validity: validityOf(draft) };
}

/** What the server is asked to lay down; undefined while a step is not filled in. */
export function bodyOf(draft: Draft, currency: string): RuleBody | undefined {
  const steps = stepsOf(draft, currency);
  const { name, occasion, storeIds, tenders, from, lastDay, instalments, scope } = draft;
  return (
    steps && {
      ...{ name, occasion, steps, storeIds, tenders, instalments, scope },
      validity: validityOf(draft),
      ...(from ? { from } : {}),
      ...(lastDay ? { lastDay } : {}),
    }
  );
}

/** The ladder of a rule in words, one step each. */
export function ladderText(
  { steps, currency }: Rule,
  language: Language,
  couponName: (templateId: string) => string,
): readonly string[] {
  const words = bonusWords[language];
  const money = (amount: number) => formatMoney(amount, currency, localeOf(language));
  return steps.map(({ from, bonus, ppm, points, coupons }) => {
    const parts = [
      ...(bonus === null ? [] : [money(bonus)]),
      ...(ppm === null ? [] : [`${percentText(ppm)}%`]),
      ...(points === null ? [] : [words.pointsSum(points.toLocaleString(localeOf(language)))]),
      ...(coupons === null ? [] : [words.couponsSum(couponName(coupons.templateId), coupons.count)]),
    ];
    return words.stepSum(money(from), parts.join(' + '));
  });
}

/** How what a rule gives is released, and how long it is good. */
export function termsText({ instalments, validity }: Rule, language: Language): string {
  const words = bonusWords[language];
  const parts = instalments === 1 ? words.atOnce : words.inParts(instalments);
  if (validity.type === 'none') return `${parts} · ${words.noExpiry}`;
  if (validity.type === 'until')
    return `${parts} · ${words.partUntil(validity.date).replace(/^[，,] ?/, '')}`;
  const ofUnit = { days: words.ofDays, months: words.ofMonths, years: words.ofYears };
  return `${parts} · ${words.good(ofUnit[validity.unit](validity.count))}`;
}

/** Whether a rule gives something now, and if not why. */
export function standingOf(
  { state, startsAt, endsAt }: Rule,
  now: number,
): 'active' | 'planned' | 'over' | 'ended' {
  if (state === 'ended') return 'ended';
  if (endsAt !== null && Date.parse(endsAt) <= now) return 'over';
  return Date.parse(startsAt) > now ? 'planned' : 'active';
}
