import type { BodyOf, ItemOf } from '../../api/client.ts';
import { formatMoney, parseMoney } from '../../ui/money.ts';
import { parsePercent, percentText } from '../../ui/percent.ts';
import { formatDay } from '../../ui/time.ts';
import { type Language, localeOf } from '../../ui/words.ts';
import { dividendWords } from './words.ts';

export type Dividend = ItemOf<'GET /v1/dividends'>;
type DividendBody = BodyOf<'POST /v1/dividends'>;

export type Given = { readonly memberId: string; readonly weight: number | null };
export type Draft = {
  readonly name: string;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly kind: Dividend['source']['kind'];
  readonly amount?: string;
  readonly percent?: string;
  readonly by: Dividend['weighing']['by'];
  readonly leastSpend?: string;
  readonly leastPoints?: number | null;
  readonly given?: readonly Given[];
  readonly lastUsableDay?: string;
};

/** A part of the whole in parts per million; undefined if what is typed is none. */
export function partOf(text = ''): number | undefined {
  const ppm = parsePercent(text);
  return ppm === undefined || ppm === 0 || ppm > 1_000_000 ? undefined : ppm;
}

function sourceOf({ kind, amount = '', percent }: Draft, currency: string): DividendBody['source'] {
  const money = parseMoney(amount, currency) ?? 0;
  const ppm = partOf(percent) ?? 0;
  if (kind === 'sum') return { kind, amount: money };
  return kind === 'sales' ? { kind, ppm } : { kind, profit: money, ppm };
}

/** What the server is asked to count; whether it may be, it judges. */
export function bodyOf(draft: Draft, currency: string): DividendBody {
  const { name, firstDay, lastDay, by, given = [], lastUsableDay } = draft;
  const spent = by === 'wallet_spend' ? parseMoney(draft.leastSpend || '0', currency) : undefined;
  const earned = by === 'points_earned' ? (draft.leastPoints ?? 0) : undefined;
  return {
    ...{ name, firstDay, lastDay },
    source: sourceOf(draft, currency),
    weighing: {
      by,
      least: spent ?? earned ?? 0,
      given: by === 'given' ? given.map(({ memberId, weight }) => ({ memberId, weight: weight ?? 1 })) : [],
    },
    lastUsableDay: lastUsableDay || null,
  };
}

/** The period of a dividend, its days as people write them. */
export function periodText({ firstDay, lastDay }: Dividend, language: Language): string {
  const day = (text: string) => formatDay(`${text}T00:00:00Z`, localeOf(language), 'UTC');
  return `${day(firstDay)} – ${day(lastDay)}`;
}

/** What the pool is a part of. */
export function sourceText({ source, base, currency, state }: Dividend, language: Language): string {
  const words = dividendWords[language];
  const money = (amount: number) => formatMoney(amount, currency, localeOf(language));
  if (source.kind === 'sum') return words.sumText(money(source.amount));
  const shown = state === 'counting' ? '…' : money(base);
  const part = percentText(source.ppm);
  return source.kind === 'sales' ? words.salesText(shown, part) : words.profitText(shown, part);
}

/** By what it is shared, and from how much on. */
export function weighingText({ weighing, currency }: Dividend, language: Language): string {
  const words = dividendWords[language];
  const { by, least } = weighing;
  if (least === 0) return words[by];
  const locale = localeOf(language);
  const most = by === 'wallet_spend' ? formatMoney(least, currency, locale) : least.toLocaleString(locale);
  return `${words[by]}${words.leastText(most)}`;
}
