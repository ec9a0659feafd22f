import type { BodyOf, ItemOf } from '../../api/client.ts';
import { parseMoney } from '../../ui/money.ts';
import { parsePercent } from '../../ui/percent.ts';

export type Template = ItemOf<'GET /v1/coupon-templates'>;
export type Coupon = ItemOf<'GET /v1/coupons'>;
type Body = BodyOf<'POST /v1/coupon-templates'>;

/** A template as the form holds it: what is typed. */
export type Draft = {
  readonly name?: string;
  readonly kind: 'amount' | 'percent';
  readonly amount?: string;
  readonly percent?: string;
  readonly most?: string;
  readonly minimum?: string;
  readonly from?: string;
  readonly until?: string;
  readonly days?: number | null;
  readonly issueMax?: number | null;
  readonly scope: Template['scope'];
};

export const newDraft: Draft = {
  kind: 'amount',
  scope: { storeIds: [], categoryIds: [], productIds: [] },
};

const typed = (text: string | undefined, currency: string) =>
  text === undefined || text === '' ? undefined : parseMoney(text, currency);

/** What it takes off as the server takes it; undefined while it is not filled in. */
export function offOf(
  { kind, amount, percent, most, minimum }: Draft,
  currency: string,
): Pick<Template, 'off' | 'minimum'> | undefined {
  const least = typed(minimum, currency) ?? 0;
  if (kind === 'amount') {
    const sum = typed(amount, currency);
    return sum ? { off: { type: 'amount', amount: sum }, minimum: least } : undefined;
  }
  const ppm = parsePercent(percent ?? '');
  if (!ppm) return undefined;
  return { off: { type: 'percent', ppm, most: typed(most, currency) ?? null }, minimum: least };
}

function validityOf({ until, days }: Draft): NonNullable<Body['validity']> {
  if (until) return { type: 'until', date: until };
  return days ? { type: 'after', count: days, unit: 'days' } : { type: 'none' };
}

/** What the server is asked to lay down; undefined while what comes off is not filled in. */
export function bodyOf(draft: Draft, currency: string): Body | undefined {
  const off = offOf(draft, currency);
  const { name = '', from, scope, issueMax } = draft;
  return (
    off && {
      ...{ name, ...off, scope, validity: validityOf(draft) },
      ...(from ? { from } : {}),
      ...(issueMax ? { issueMax } : {}),
    }
  );
}
