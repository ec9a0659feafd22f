import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { openBook } from '../../ledger/index.ts';
import { memberAt } from '../../members/index.ts';
import { storeById } from '../../merchants/index.ts';
import { loadCommission, versionsIn } from '../../settlement/index.ts';
import { fundRows, keepCash } from '../../storefunds/index.ts';
import { grantedAnswer } from '../bonus/coupons.ts';
import { seenMoney } from '../hidden.ts';
import { moneyIn } from '../wallet.ts';
import { load, loadRows } from './load.ts';
import { topUpAnswer } from './topUp.ts';

export type TopUpInput = {
  readonly memberId: string;
  readonly storeId: string;
  readonly amount: bigint;
  readonly payment: { readonly tender: string; readonly amount: bigint; readonly reference: string };
};

/** Puts money on a member's wallet that was paid at a store, and what the rules give on top. */
export const topUpWallet = useCase({
  name: 'wallet.top_up',
  permission: 'wallets.top_up',
  movesValue: true,
  storeOf: ({ storeId }: TopUpInput) => storeId,
  amountOf: ({ amount }) => amount,
  needs: ({ memberId, storeId }, find) => ({
    member: memberAt(memberId, find),
    store: find.one(storeById, storeId),
    versions: versionsIn(find),
    fund: fundRows(storeId, find),
    rows: loadRows(memberId, storeId, find),
  }),
  decide({ member, store, versions, fund, rows }, { storeId, amount, payment }, context) {
    if (!store || !rows.merchant) return refused('store_not_found', { field: 'storeId' });
    if (store.state !== 'open') return refused('store_closed', { field: 'storeId' });
    if (!member) return refused('member_not_found', { field: 'memberId' });
    if (payment.amount !== amount) return refused('payment_mismatch', { field: 'payment.amount' });
    const { now, merchantId } = context;
    const { currency } = rows.merchant;
    const { tender } = payment;
    const isCash = tender === 'cash';
    const commission = isCash ? loadCommission(versions, { storeId, tender, amount }, now) : 0n;
    const book = openBook([...rows.accounts, ...fund.accounts], now);
    const kept = isCash ? keepCash(fund, { currency, amount, commission }, book, merchantId) : [];
    if (isRefused(kept)) return kept;
    const loaded = load(
      rows,
      book,
      {
        memberId: member.id,
        storeId,
        merchantAnswers: kept.length > 0,
        currency,
        tender,
        reference: payment.reference,
        principal: amount,
        paid: amount,
        commission: kept.length === 0 ? 0n : commission,
        bonus: 'by_rules',
      },
      context,
    );
    if (isRefused(loaded)) return loaded;
    const postings = book.post([...loaded.transfers, ...kept]);
    if (isRefused(postings)) return postings;
    const { topUp } = loaded;
    const coupons = grantedAnswer(loaded.coupons);
    const lots = new Map(rows.lots.map((lot) => [lot.id, lot]));
    for (const { to } of loaded.transfers) if (to.ownerId === member.id) lots.set(to.id, to);
    const money = moneyIn(
      [...lots.values()].map((lot) => book.now(lot)),
      currency,
      now,
    );
    const balance = seenMoney(rows.policy, money, { actor: context.actor, memberId: member.id, now });
    const details = {
      topUpId: encodeId('tup', topUp.id),
      tender,
      paymentReference: payment.reference,
      bonus: jsonAmount(topUp.bonus),
      points: jsonAmount(topUp.points),
      ...(coupons && { coupons }),
      balance: jsonAmount(money.total),
    };
    return accepted({
      activities: [{ type: 'wallet.topped_up', subjectId: member.id, storeId, amount, details, postings }],
      changes: [...loaded.changes, ...book.changes()],
      result: {
        ...topUpAnswer(topUp, merchantId),
        coupons,
        activityId: encodeId('act', context.activityId()),
        balance,
      },
    });
  },
});
