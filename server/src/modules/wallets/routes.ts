import { z } from 'zod';
import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { lookUp } from '../../platform/executor/lookUp.ts';
import { page } from '../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../platform/http/route.ts';
import { pageOf } from '../../platform/http/shapes.ts';
import { scopeAnswer } from '../catalog/index.ts';
import { type Account, ledgerSql } from '../ledger/index.ts';
import { noMember, readMember } from '../members/index.ts';
import { readMerchant } from '../merchants/index.ts';
import { adjustWallet } from './adjustWallet.ts';
import { createBonusRule } from './bonus/createRule.ts';
import { endBonusRule } from './bonus/endRule.ts';
import { previewBonusRule } from './bonus/previewRule.ts';
import { type BonusRule, ruleAnswer, rulesIn } from './bonus/rule.ts';
import { scopeOf } from './bonus/scope.ts';
import * as ruleShapes from './bonus/shapes.ts';
import { seenMoney } from './hidden.ts';
import { policyAnswer, policyIn } from './policy/policy.ts';
import { setWalletPolicy } from './policy/setPolicy.ts';
import { shownIn, type WalletParts, walletReadingRoutes } from './reading/routes.ts';
import { quoteRefund } from './refund/quoteRefund.ts';
import { refundTopUp } from './refund/refundTopUp.ts';
import * as shapes from './shapes.ts';
import { listRules, listTopUps, walletsSql } from './store.ts';
import { quoteTopUp } from './topUp/quoteTopUp.ts';
import { topUpAnswer } from './topUp/topUp.ts';
import { topUpWallet } from './topUp/topUpWallet.ts';
import { isPrincipal, moneyIn, walletLots } from './wallet.ts';

const tag = 'Stored value';

/** Members' wallets as staff see them. */
export function walletsRoutes(parts: WalletParts): readonly Route[] {
  return [
    readRoute({
      path: '/v1/wallets/:memberId',
      tag,
      summary: 'What is on a member’s wallet: principal and bonus apart, and each lot',
      permission: 'wallets.read',
      params: shapes.memberParams,
      query: shapes.codeQuery,
      answer: shapes.WalletAnswer,
      async read(db, { params: { memberId }, query: { code } }, { merchantId, actor, now }) {
        const known = await readMember(db, merchantId, memberId);
        const merchant = await readMerchant(db, merchantId);
        if (!known || !merchant) return noMember(db, merchantId, memberId);
        const { lots, policy, rules } = await lookUp(
          [...ledgerSql, ...walletsSql],
          db,
          merchantId,
          (find) => ({
            lots: walletLots(memberId, find),
            rules: rulesIn(find),
            policy: policyIn(find),
          }),
        );
        const money = moneyIn(lots, merchant.currency, now);
        const balance = seenMoney(policy, money, {
          actor,
          memberId,
          shown: shownIn(parts, merchantId, code),
          now,
        });
        return {
          memberId: encodeId('mem', memberId),
          currency: merchant.currency,
          balance,
          lots: (balance === null ? [] : lots)
            .filter(({ balance }) => balance > 0n)
            .toSorted((one, other) => (one.id < other.id ? -1 : 1))
            .map((lot) => lotAnswer(lot, rules, merchantId)),
        };
      },
    }),
    commandRoute({
      path: '/v1/wallets/:memberId/adjustments',
      tag,
      summary: "Correct what is on a member's wallet at the merchant's own cost or gain",
      status: 201,
      params: shapes.memberParams,
      body: shapes.AdjustBody,
      answer: shapes.AdjustedAnswer,
      useCase: adjustWallet,
      input: ({ params: { memberId }, body }) => ({ memberId, ...body }),
    }),
    ...walletReadingRoutes(parts),
    ...topUpRoutes(),
    ...refundRoutes(parts),
    ...ruleRoutes(),
    ...policyRoutes(),
  ];
}

function lotAnswer(lot: Account, rules: readonly BonusRule[], merchantId: string) {
  const [, storeId = ''] = lot.detail.split('|');
  const scope = scopeOf(lot, rules);
  return {
    kind: isPrincipal(lot) ? ('principal' as const) : ('bonus' as const),
    storeId: storeId === '' || storeId === merchantId ? null : encodeId('store', storeId),
    currency: lot.asset,
    balance: jsonAmount(lot.balance),
    usableFrom: lot.usableFrom?.toISOString() ?? null,
    usableUntil: lot.usableUntil?.toISOString() ?? null,
    scope: scope === undefined ? null : scopeAnswer(scope),
  };
}

function topUpRoutes(): readonly Route[] {
  return [
    commandRoute({
      path: '/v1/wallet-top-ups',
      tag,
      summary: 'Put money on a member’s wallet that was paid at a store, with what is given on top',
      status: 201,
      body: shapes.TopUpBody,
      answer: shapes.TopUpAnswer,
      useCase: topUpWallet,
      input: ({ body }) => body,
    }),
    readRoute({
      path: '/v1/wallet-top-ups',
      tag,
      summary: 'List what came onto wallets, by whatever way, newest first',
      permission: 'wallets.read',
      query: shapes.topUpQuery,
      answer: pageOf(shapes.TopUpItem),
      async read(db, { query }, { merchantId, actor }) {
        const storeIds = actor.storeIds === null ? null : [...actor.storeIds];
        const { cursor: before = null, memberId = null, limit } = query;
        const rows = await listTopUps(db, merchantId, { before, memberId, storeIds, limit: limit + 1 });
        return page(
          rows,
          limit,
          (row) => topUpAnswer(row, merchantId),
          ({ id }) => encodeId('tup', id),
        );
      },
    }),
    commandRoute({
      path: '/v1/wallet-top-up-quotes',
      tag,
      summary: 'What would be given on top of a top-up. Changes nothing',
      status: 200,
      body: shapes.QuoteBody,
      answer: shapes.TopUpQuoteAnswer,
      useCase: quoteTopUp,
      input: ({ body }) => body,
    }),
  ];
}

function refundRoutes(parts: WalletParts): readonly Route[] {
  return [
    commandRoute({
      path: '/v1/wallet-refund-quotes',
      tag,
      summary:
        'What a member would be paid back for what is left of each top-up, and by which rule. Changes nothing',
      status: 200,
      body: shapes.RefundQuoteBody,
      answer: shapes.RefundQuoteAnswer,
      useCase: quoteRefund,
      input: ({ body: { memberId, usedAtListPrice, code } }, { merchantId }) => ({
        memberId,
        usedAtListPrice,
        shown: shownIn(parts, merchantId, code),
      }),
    }),
    commandRoute({
      path: '/v1/wallet-top-ups/:id/refunds',
      tag,
      summary: 'Pay what is left of a top-up back to who paid it, as quoted',
      status: 201,
      params: shapes.topUpParams,
      body: shapes.RefundBody,
      answer: shapes.RefundAnswer,
      useCase: refundTopUp,
      input: ({ params, body: { usedAtListPrice, ...body } }) => ({
        topUpId: params.id,
        usedAtListPrice,
        ...body,
      }),
    }),
  ];
}

function ruleRoutes(): readonly Route[] {
  return [
    commandRoute({
      path: '/v1/bonus-rules',
      tag,
      summary: 'Lay down what is given to who tops up',
      status: 201,
      body: ruleShapes.RuleBody,
      answer: ruleShapes.RuleAnswer,
      useCase: createBonusRule,
      input: ({ body: { name, from, lastDay, ...terms } }) => ({ name, from, lastDay, terms }),
    }),
    readRoute({
      path: '/v1/bonus-rules',
      tag,
      summary: 'List bonus rules, newest first',
      permission: 'wallets.read',
      query: ruleShapes.ruleQuery,
      answer: pageOf(ruleShapes.RuleAnswer),
      async read(db, { query: { cursor, limit } }, { merchantId }) {
        const rows = await listRules(db, merchantId, cursor ?? null, limit + 1);
        return page(rows, limit, ruleAnswer, ({ id }) => encodeId('bon', id));
      },
    }),
    commandRoute({
      path: '/v1/bonus-rule-previews',
      tag,
      summary: 'What a bonus rule on these terms would give if it held now. Changes nothing',
      status: 200,
      body: ruleShapes.RulePreviewBody,
      answer: ruleShapes.RulePreviewAnswer,
      useCase: previewBonusRule,
      input: ({ body: { amounts, ...terms } }) => ({ terms, amounts }),
    }),
    commandRoute({
      path: '/v1/bonus-rules/:id/end',
      tag,
      summary: 'End a bonus rule: it gives nothing from now on',
      status: 200,
      params: ruleShapes.ruleParams,
      body: z.strictObject({}),
      answer: ruleShapes.RuleAnswer,
      useCase: endBonusRule,
      input: ({ params }) => params,
    }),
  ];
}

function policyRoutes(): readonly Route[] {
  return [
    readRoute({
      path: '/v1/wallet-policy',
      tag,
      summary: 'How wallets are spent, limited and paid back',
      permission: 'wallets.read',
      answer: shapes.PolicyAnswer,
      async read(db, _parsed, { merchantId }) {
        return policyAnswer(await lookUp(walletsSql, db, merchantId, policyIn));
      },
    }),
    commandRoute({
      method: 'PATCH',
      path: '/v1/wallet-policy',
      tag,
      summary: 'Change how wallets are spent, limited and paid back',
      status: 200,
      body: shapes.PolicyBody,
      answer: shapes.PolicyAnswer,
      useCase: setWalletPolicy,
      input: ({ body }) => body,
    }),
  ];
}
