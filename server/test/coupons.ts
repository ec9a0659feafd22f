import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Client, Reply } from './harness.ts';
import { madeBy, type Till } from './till.ts';

export type CouponShown = {
  readonly id: string;
  readonly templateId: string;
  readonly memberId: string;
  readonly state: string;
  readonly usableFrom: string | null;
  readonly usableUntil: string | null;
  readonly purchaseId: string | null;
  readonly topUpId: string | null;
  readonly allowed: { readonly withdraw: { readonly ok: boolean; readonly reason?: string } };
};
export type TemplateShown = {
  readonly id: string;
  readonly state: string;
  readonly issued: number;
  readonly held: number;
  readonly used: number;
  readonly lapsed: number;
  readonly withdrawn: number;
};
export type Bought = {
  readonly id: string;
  readonly code?: string;
  readonly due: number;
  readonly discount: number;
  readonly couponDiscount: number;
  readonly earned: number;
  readonly lines: readonly { readonly discount: number; readonly couponDiscount: number }[];
};
type Effect = { readonly discount: number; readonly reason: string | null; readonly gap: number | null };
export type Quoted = {
  readonly byWallet: { readonly due: number; readonly couponDiscount: number } | null;
  readonly otherwise: { readonly due: number; readonly couponDiscount: number };
  readonly coupons: readonly {
    readonly id: string;
    readonly byWallet: Effect;
    readonly otherwise: Effect;
  }[];
};
type Line = {
  readonly name?: string;
  readonly sku?: string;
  readonly price?: number;
  readonly quantity?: number;
};
type Whose = { readonly id: string };

/** Ten yuan off, for anything. */
const tenOff = { name: '立减', off: { type: 'amount', amount: 1_000 } };

/** Short words for coupons at a till. */
export function couponsAt(till: Till) {
  const { merchant, storeId } = till;
  const template = async (more: object = {}): Promise<string> =>
    madeBy(await merchant.post('/v1/coupon-templates', { ...tenOff, ...more }));
  const give = (
    member: Whose,
    templateId: string,
    count = 1,
    key?: string,
    client: Client = merchant,
  ): Promise<Reply<{ items: readonly CouponShown[]; code?: string }>> =>
    client.post(`/v1/members/${member.id}/coupons`, { templateId, count, reason: 'sorry' }, key);
  return {
    template,
    give,
    async given(member: Whose, templateId: string, count = 1): Promise<readonly CouponShown[]> {
      const reply = await give(member, templateId, count);
      expect(reply.status, reply.text).toBe(201);
      return reply.body.items;
    },
    async coupon(member: Whose, more: object = {}): Promise<string> {
      const reply = await give(member, await template(more));
      expect(reply.status, reply.text).toBe(201);
      return reply.body.items[0]?.id ?? '';
    },
    async listed(member: Whose, query = ''): Promise<readonly CouponShown[]> {
      const path = `/v1/members/${member.id}/coupons?limit=200${query}`;
      const reply = await merchant.get<{ items: CouponShown[] }>(path);
      expect(reply.status, reply.text).toBe(200);
      return reply.body.items;
    },
    shown: async (templateId: string) =>
      (await merchant.get<TemplateShown>(`/v1/coupon-templates/${templateId}`)).body,
    withdraw: (couponId: string, key?: string) =>
      merchant.post<CouponShown>(`/v1/coupons/${couponId}/withdraw`, { reason: 'by mistake' }, key),
    /** Buys for cash. */
    buy: (
      member: Whose,
      couponId: string | undefined,
      amount: number,
      lines: readonly Line[] = [{ name: 'Tea', price: 5_000 }],
      more: object = {},
      key?: string,
    ) =>
      merchant.post<Bought>(
        '/v1/purchases',
        {
          storeId,
          memberId: member.id,
          reference: randomUUID(),
          lines,
          ...(couponId === undefined ? {} : { couponId }),
          tenders: amount === 0 ? [] : [{ kind: 'money', tender: 'cash', amount }],
          ...more,
        },
        key,
      ),
    quote: (member: Whose, lines: readonly Line[], more: object = {}) =>
      merchant.post<Quoted>('/v1/purchase-quotes', { storeId, memberId: member.id, lines, ...more }),
    refund: (purchaseId: string, amount: number, key?: string) =>
      merchant.post<{ coupon: string | null; code?: string }>(
        `/v1/purchases/${purchaseId}/refunds`,
        { amount, reason: 'back' },
        key,
      ),
  };
}
