import type { BodyOf, ItemOf } from '../../api/client.ts';
import { decimalText, parseMoney } from '../../ui/money.ts';
import { parsePercent, percentText } from '../../ui/percent.ts';
import { civilDay, dayStart } from '../../ui/time.ts';

export type Scheme = ItemOf<'GET /v1/points-schemes'>;
type SchemeBody = BodyOf<'POST /v1/points-schemes'>;
type RuleBody = NonNullable<SchemeBody['rules']>[number];

const whole = 1_000_000;

/** A special rule as the form holds it. */
export type DraftRule = {
  readonly productId?: string | null;
  readonly categoryId?: string | null;
  readonly storeId?: string | null;
  readonly kind: Scheme['rules'][number]['kind'];
  readonly value?: number | null;
  readonly firstDay?: string;
  readonly lastDay?: string;
};
export type Draft = {
  readonly from?: string;
  readonly note?: string;
  readonly earnPoints: number;
  readonly earnAmount: string;
  readonly mostEarned: number;
  readonly birthday: number;
  readonly pendingDays: number;
  readonly endsWith: Scheme['ends']['with'];
  readonly later: number;
  readonly pays: boolean;
  readonly spendPoints: number;
  readonly worth: string;
  readonly billPart: string;
  readonly transfer: boolean;
  readonly rules: readonly DraftRule[];
};

export const newRule: DraftRule = {
  productId: null,
  categoryId: null,
  storeId: null,
  kind: 'times',
  value: 2,
};

/** What a merchant begins with: a point for each whole unit of money, which lapses with the next year. */
export function newDraft(currency: string): Draft {
  return {
    earnPoints: 1,
    earnAmount: decimalText(parseMoney('1', currency) ?? 1, currency),
    mostEarned: whole,
    birthday: 1,
    pendingDays: 7,
    endsWith: 'year',
    later: 1,
    pays: true,
    spendPoints: 100,
    worth: decimalText(parseMoney('1', currency) ?? 1, currency),
    billPart: '50',
    transfer: false,
    rules: [],
  };
}

const timesOf = (ppm: number) => ppm / whole;
const ppmOf = (times: number) => Math.round(times * whole);

/** Rules as the form shows them, to be the model of new ones. */
export function draftOf(scheme: Scheme, currency: string, zone: string): Draft {
  const { earn, spend, ends, rules } = scheme;
  const beginning = newDraft(currency);
  return {
    ...beginning,
    earnPoints: earn.points,
    earnAmount: decimalText(earn.amount, currency),
    mostEarned: scheme.mostEarned,
    birthday: timesOf(scheme.birthdayPpm),
    pendingDays: scheme.pendingDays,
    endsWith: ends.with,
    later: ends.later,
    pays: spend !== null,
    ...(spend === null
      ? {}
      : {
          spendPoints: spend.points,
          worth: decimalText(spend.worth, currency),
          billPart: percentText(spend.billPpm),
        }),
    transfer: scheme.transfer,
    rules: rules.map(({ productId, categoryId, storeId, kind, ppm, points, from, until }) => ({
      ...{ productId, categoryId, storeId, kind },
      value: kind === 'times' ? timesOf(ppm) : points,
      ...(from === null ? {} : { firstDay: civilDay(from, zone) }),
      ...(until === null ? {} : { lastDay: civilDay(new Date(Date.parse(until) - 1).toISOString(), zone) }),
    })),
  };
}

function ruleOf({ kind, value, firstDay, lastDay, ...where }: DraftRule, zone: string): RuleBody {
  const from = dayStart(firstDay, zone);
  const until = dayStart(lastDay, zone, 1);
  return {
    productId: where.productId ?? null,
    categoryId: where.categoryId ?? null,
    storeId: where.storeId ?? null,
    kind,
    ...(kind === 'times' ? { ppm: ppmOf(value ?? 1) } : {}),
    ...(kind === 'each' ? { points: value ?? 0 } : {}),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  };
}

/** What the server is asked to lay down; whether it may be, it judges. */
export function bodyOf(draft: Draft, currency: string, zone: string): SchemeBody {
  const { from, note, endsWith, later } = draft;
  return {
    ...(from ? { from } : {}),
    ...(note?.trim() ? { note: note.trim() } : {}),
    earn: { points: draft.earnPoints, amount: parseMoney(draft.earnAmount, currency) ?? 0 },
    rules: draft.rules.map((rule) => ruleOf(rule, zone)),
    birthdayPpm: ppmOf(draft.birthday),
    mostEarned: draft.mostEarned,
    pendingDays: draft.pendingDays,
    ends: { with: endsWith, later: endsWith === 'never' ? 0 : later },
    spend: draft.pays
      ? {
          points: draft.spendPoints,
          worth: parseMoney(draft.worth, currency) ?? 0,
          billPpm: parsePercent(draft.billPart) ?? 0,
        }
      : null,
    transfer: draft.transfer,
  };
}

/** Which of all rules hold at a time, as the server chooses: the latest to have begun, of several the last to be made. */
export function schemeAt(schemes: readonly Scheme[], now: number): Scheme | undefined {
  return schemes
    .filter(({ validFrom }) => Date.parse(validFrom) <= now)
    .toSorted(
      (one, other) => Date.parse(other.validFrom) - Date.parse(one.validFrom) || other.number - one.number,
    )[0];
}
