import type { BodyOf, ItemOf } from '../../api/client.ts';
import { decimalText, formatMoney, parseMoney } from '../../ui/money.ts';
import { formatDay } from '../../ui/time.ts';
import { type Language, localeOf } from '../../ui/words.ts';
import { programWords } from './words.ts';

export type Program = ItemOf<'GET /v1/card-programs'>;
export type ProgramBody = BodyOf<'POST /v1/card-programs'>;

/** The terms as the form holds them: amounts as they are typed. */
export type Draft = {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly values: 'fixed' | 'free';
  readonly denominations: string;
  readonly rangeMin: string;
  readonly rangeMax: string;
  readonly salePrice: string;
  readonly validity: 'none' | 'after' | 'until';
  readonly count: number;
  readonly unit: 'days' | 'months' | 'years';
  readonly date: string;
  readonly where: 'all' | 'regions' | 'list';
  readonly regions: string[];
  readonly storeIds: string[];
  readonly medium: 'physical' | 'digital';
  readonly pin: boolean;
  readonly bearer: boolean;
  readonly reloadable: boolean;
  readonly transferable: boolean;
  readonly balanceMax: string;
};

export const newDraft: Draft = {
  nameZh: '',
  nameEn: '',
  values: 'fixed',
  denominations: '',
  rangeMin: '',
  rangeMax: '',
  salePrice: '',
  validity: 'after',
  count: 3,
  unit: 'years',
  date: '',
  where: 'all',
  regions: [],
  storeIds: [],
  medium: 'physical',
  pin: true,
  bearer: true,
  reloadable: false,
  transferable: true,
  balanceMax: '',
};

/** Amounts out of a list such as `100, 200，500`; undefined if one of them is none. */
export function amountsIn(text: string, currency: string): number[] | undefined {
  const parts = text.split(/[,，、;；\s]+/).filter((part) => part !== '');
  const amounts = parts.map((part) => parseMoney(part, currency));
  const good = amounts.filter((amount) => amount !== undefined && amount > 0);
  return good.length === amounts.length ? good.filter((amount) => amount !== undefined) : undefined;
}

/** A program as the form shows it. */
export function draftOf(program: Program): Draft {
  const { currency, name, denominations, range, salePrice, validity, stores, balanceMax } = program;
  const text = (amount: number | undefined | null) => (amount == null ? '' : decimalText(amount, currency));
  return {
    ...newDraft,
    nameZh: name.zh,
    nameEn: name.en,
    values: range === null ? 'fixed' : 'free',
    denominations: denominations.map((amount) => text(amount)).join(', '),
    rangeMin: text(range?.min),
    rangeMax: text(range?.max),
    salePrice: denominations.length === 1 ? text(salePrice[0]?.salePrice) : '',
    validity: validity.type,
    ...(validity.type === 'after' ? { count: validity.count, unit: validity.unit } : {}),
    ...(validity.type === 'until' ? { date: validity.date } : {}),
    where: stores.type,
    regions: stores.type === 'regions' ? stores.regions : [],
    storeIds: stores.type === 'list' ? stores.storeIds : [],
    medium: program.medium,
    pin: program.pin,
    bearer: program.bearer,
    reloadable: program.reloadable,
    transferable: program.transferable,
    balanceMax: text(balanceMax),
  };
}

/** What the server is asked for; whether it may be, it judges. */
export function bodyOf(draft: Draft, currency: string): ProgramBody {
  const amount = (text: string) => parseMoney(text, currency);
  const isFixed = draft.values === 'fixed';
  const price = isFixed ? amount(draft.salePrice) : undefined;
  return {
    name: { zh: draft.nameZh, en: draft.nameEn === '' ? draft.nameZh : draft.nameEn },
    denominations: isFixed ? (amountsIn(draft.denominations, currency) ?? []) : [],
    range: isFixed ? null : { min: amount(draft.rangeMin) ?? 0, max: amount(draft.rangeMax) ?? 0, step: 1 },
    salePrice: price ?? [],
    validity: validityOf(draft),
    pin: draft.pin,
    bearer: draft.bearer,
    medium: draft.medium,
    reloadable: draft.reloadable,
    transferable: draft.transferable,
    stores: storesOf(draft),
    balanceMax: amount(draft.balanceMax) ?? null,
  };
}

function validityOf({ validity, count, unit, date }: Draft): NonNullable<ProgramBody['validity']> {
  if (validity === 'until') return { type: 'until', date };
  return validity === 'after' ? { type: 'after', count, unit } : { type: 'none' };
}

function storesOf({ where, regions, storeIds }: Draft): NonNullable<ProgramBody['stores']> {
  if (where === 'regions') return { type: 'regions', regions };
  return where === 'list' ? { type: 'list', storeIds } : { type: 'all' };
}

/** The values of a program in words. */
export function valuesText({ denominations, range, currency }: Program, language: Language): string {
  const money = (amount: number) => formatMoney(amount, currency, localeOf(language));
  if (range === null) return denominations.map(money).join(' · ');
  return programWords[language].any(money(range.min), money(range.max));
}

/** The validity of a program in words. */
export function validityText(validity: Program['validity'], language: Language): string {
  const words = programWords[language];
  if (validity.type === 'none') return words.never;
  if (validity.type === 'until')
    return words.untilText(formatDay(`${validity.date}T00:00:00Z`, localeOf(language), 'UTC'));
  return words.afterText(validity.count, words[validity.unit]);
}
