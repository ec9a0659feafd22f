import type { z } from 'zod';
import { seqOf } from '../../kernel/id.ts';
import { commandRoute, type Route } from '../../platform/http/route.ts';
import { purchaseListRoutes } from './listing/routes.ts';
import { type LookupParts, lookupRoute } from './lookup/routes.ts';
import { makePurchase } from './purchase/makePurchase.ts';
import { quotePurchase } from './purchase/quotePurchase.ts';
import { quoteRefund } from './refund/quoteRefund.ts';
import { refundPurchase } from './refund/refundPurchase.ts';
import * as shapes from './shapes.ts';

const tag = 'Checkout';

/** The till: who is there, what it comes to, what pays for it, and what goes back. */
export function checkoutRoutes(parts: LookupParts): readonly Route[] {
  return [
    lookupRoute(parts),
    ...purchaseListRoutes,
    commandRoute({
      path: '/v1/purchase-quotes',
      tag,
      summary: 'What a basket comes to, paid out of the wallet or otherwise. Changes nothing',
      status: 200,
      body: shapes.QuoteBody,
      answer: shapes.QuoteAnswer,
      useCase: quotePurchase,
      input: ({ body: { storeId, memberId, payerId, lines, couponId, code } }, { merchantId }) => ({
        storeId,
        memberId,
        payerId,
        couponId,
        lines: lines.map(lineOf),
        shown: shownIn(parts, merchantId, code),
      }),
    }),
    commandRoute({
      path: '/v1/purchases',
      tag,
      summary: 'Sell a basket against a wallet, gift cards, points and money',
      status: 201,
      body: shapes.PurchaseBody,
      answer: shapes.PurchaseAnswer,
      useCase: makePurchase,
      input: ({ body: { storeId, memberId, couponId, reference, lines, tenders } }, { merchantId }) => ({
        storeId,
        memberId,
        couponId,
        payerId: tenders.find((tender) => tender.kind === 'wallet')?.payerId,
        reference,
        lines: lines.map(lineOf),
        birthdayHashes: (id, day) => parts.vault.birthdayHashes(merchantId, id, day),
        tenders: tenders.map((tender) => {
          if (tender.kind === 'money') return { ...tender, reference: tender.reference };
          if (tender.kind === 'points') return tender;
          if (tender.kind === 'wallet') {
            const { kind, amount, code } = tender;
            return { kind, amount, shown: shownIn(parts, merchantId, code) };
          }
          const { kind, amount, code, pin } = tender;
          return { kind, amount, presented: parts.desk.present(merchantId, code, pin) };
        }),
      }),
    }),
    commandRoute({
      path: '/v1/purchases/:id/refunds',
      tag,
      summary: 'Give pieces or a sum of a purchase back to what paid for it, the last first',
      status: 201,
      params: shapes.purchaseParams,
      body: shapes.RefundBody,
      answer: shapes.RefundAnswer,
      useCase: refundPurchase,
      input: ({ params, body }) => ({ ...wantedOf(body), ...namedBy(params), reason: body.reason }),
    }),
    commandRoute({
      path: '/v1/purchases/:id/refund-quotes',
      tag,
      summary: 'What would go back of a purchase, and to what. Changes nothing',
      status: 200,
      params: shapes.purchaseParams,
      body: shapes.RefundQuoteBody,
      answer: shapes.RefundQuoteAnswer,
      useCase: quoteRefund,
      input: ({ params, body }) => ({ ...wantedOf(body), ...namedBy(params) }),
    }),
  ];
}

const namedBy = ({ id }: { readonly id: string }) => ({ purchaseId: id, purchaseSeq: seqOf(id) ?? 0n });
const wantedOf = ({ amount, lines }: z.output<typeof shapes.RefundQuoteBody>) => ({ amount, lines });

function shownIn({ desk }: LookupParts, merchantId: string, code: string | undefined) {
  return code === undefined ? undefined : desk.present(merchantId, code, undefined).payment;
}

type LineIn = {
  readonly sku?: string | undefined;
  readonly name?: string | undefined;
  readonly quantity: number;
  readonly price?: bigint | undefined;
};
const lineOf = ({ sku, name, quantity, price }: LineIn) => ({ sku, name, quantity, price });
