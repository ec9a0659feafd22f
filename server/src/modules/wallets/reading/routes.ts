import { z } from 'zod';
import { assert } from '../../../kernel/assert.ts';
import { activityId, encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { refused } from '../../../kernel/outcome.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { lookUp } from '../../../platform/executor/lookUp.ts';
import { page } from '../../../platform/http/page.ts';
import { type Route, readRoute } from '../../../platform/http/route.ts';
import {
  amountJson,
  currencyCode,
  idIn,
  idOut,
  instant,
  pageOf,
  pageQuery,
} from '../../../platform/http/shapes.ts';
import type { CardDesk } from '../../cards/index.ts';
import { ledgerSql } from '../../ledger/index.ts';
import { readHeir, readMember } from '../../members/index.ts';
import { readMerchant } from '../../merchants/index.ts';
import { hiddenFrom, seenMoney } from '../hidden.ts';
import { policyIn } from '../policy/policy.ts';
import { codeQuery, hiddenText, MoneyAnswer, memberParams } from '../shapes.ts';
import { walletsSql } from '../store.ts';
import { moneyAnswer, moneyIn, walletLots } from '../wallet.ts';
import { listWallets, readTotals, walletHistory } from './store.ts';

/** What reads the code that a member's phone shows. */
export type WalletParts = { readonly desk: CardDesk };

/** The code that is shown, read. */
export function shownIn({ desk }: WalletParts, merchantId: string, code: string | undefined) {
  return code === undefined ? undefined : desk.present(merchantId, code, undefined).payment;
}

const tag = 'Stored value';

const WalletItem = z.object({
  memberId: idOut('mem'),
  currency: currencyCode,
  balance: MoneyAnswer.nullable().meta({ description: hiddenText }),
  endsNext: instant.nullable().meta({ description: 'When the next of it ends; null: none of it does.' }),
});
const EntryAnswer = z.object({
  id: z.string(),
  type: z.string(),
  storeId: idOut('store').nullable(),
  reference: z.string().nullable(),
  currency: currencyCode,
  principal: amountJson,
  bonus: amountJson,
  balanceAfter: amountJson.meta({
    description: 'Principal and bonus together, also what is released later.',
  }),
  relativeId: idOut('mem')
    .nullable()
    .meta({ description: 'Who bought with it, where that is another member.' }),
  purchaseId: idOut('pur')
    .nullable()
    .meta({ description: 'The purchase that it paid, by which it is given back.' }),
  createdAt: instant,
});

/** Thirty days. */
const soonMs = 30 * 86_400_000;
const TotalsAnswer = z.object({
  currency: currencyCode,
  wallets: z.int().meta({ description: 'How many have something on them.' }),
  balance: MoneyAnswer,
  endingSoon: amountJson.meta({ description: 'What ends within 30 days.' }),
});

async function currencyOf(db: Db, merchantId: string): Promise<string> {
  const merchant = await readMerchant(db, merchantId);
  assert(merchant !== undefined, 'who has a key has a merchant');
  return merchant.currency;
}

/** Lists of wallets, and of what happened to one. */
export function walletReadingRoutes(parts: WalletParts): readonly Route[] {
  return [
    readRoute({
      path: '/v1/wallets',
      tag,
      summary: 'List members’ wallets, who was enrolled last first',
      permission: 'wallets.read',
      query: z.strictObject({
        cursor: idIn('mem').optional(),
        limit: pageQuery.limit,
        holding: z
          .enum(['some', 'none'])
          .optional()
          .meta({ description: 'Only with something on them, or only without.' }),
      }),
      answer: pageOf(WalletItem),
      async read(db, { query: { cursor = null, limit, holding = null } }, { merchantId, actor, now }) {
        const currency = await currencyOf(db, merchantId);
        const policy = await lookUp(walletsSql, db, merchantId, policyIn);
        const filter = { currency, before: cursor, holding, limit: limit + 1 };
        const rows = await listWallets(db, merchantId, filter, now);
        return page(
          rows,
          limit,
          ({ memberId, endsNext, ...money }) => ({
            memberId: encodeId('mem', memberId),
            currency,
            balance: seenMoney(policy, money, { actor, memberId, now }),
            endsNext: endsNext?.toISOString() ?? null,
          }),
          ({ memberId }) => encodeId('mem', memberId),
        );
      },
    }),
    readRoute({
      path: '/v1/wallet-totals',
      tag,
      summary: 'What is on all wallets together, principal and bonus apart, and what of it ends soon',
      // What the whole house owes is for who keeps its books: nobody at a counter needs it.
      permission: 'balances.read',
      answer: TotalsAnswer,
      async read(db, _parsed, { merchantId, now }) {
        const currency = await currencyOf(db, merchantId);
        const soon = new Date(now.getTime() + soonMs);
        const totals = await readTotals(db, merchantId, currency, now, soon);
        assert(totals !== undefined, 'a sum has a row');
        const { wallets, ending, ...money } = totals;
        return { currency, wallets, balance: moneyAnswer(money), endingSoon: jsonAmount(ending) };
      },
    }),
    historyRoute(parts),
  ];
}

function historyRoute(parts: WalletParts): Route {
  return readRoute({
    path: '/v1/wallets/:memberId/history',
    tag,
    summary: 'What happened to a member’s wallet, newest first, with what was on it after each',
    permission: 'wallets.read',
    params: memberParams,
    query: codeQuery.extend({
      cursor: z
        .string()
        .regex(/^[1-9]\d{0,17}$/)
        .transform((text) => BigInt(text))
        .optional(),
      limit: pageQuery.limit,
    }),
    answer: pageOf(EntryAnswer),
    async read(db, { params: { memberId }, query: { cursor = null, limit, code } }, caller) {
      const { merchantId, actor, now } = caller;
      const heir = await readHeir(db, merchantId, memberId);
      if (!heir && !(await readMember(db, merchantId, memberId))) return refused('member_not_found');
      // What was on the wallet of who was merged is on that of who stays.
      const ownerId = heir?.mergedInto ?? memberId;
      const currency = await currencyOf(db, merchantId);
      const hidden = await lookUp([...ledgerSql, ...walletsSql], db, merchantId, (find) => {
        const money = moneyIn(walletLots(ownerId, find), currency, now);
        const shown = shownIn(parts, merchantId, code);
        return hiddenFrom(policyIn(find), money, { actor, memberId: ownerId, shown, now });
      });
      if (hidden) return hidden;
      const slice = { memberId, currency, before: cursor, limit: limit + 1 };
      const rows = await walletHistory(db, merchantId, slice);
      return page(
        rows,
        limit,
        ({ seq, occurredAt, type, storeId, reference, principal, bonus, after, relativeId }) => ({
          id: encodeId('act', activityId(occurredAt, seq)),
          type,
          storeId: storeId === null ? null : encodeId('store', storeId),
          reference,
          currency,
          principal: jsonAmount(principal),
          bonus: jsonAmount(bonus),
          balanceAfter: jsonAmount(after),
          relativeId: relativeId === null ? null : encodeId('mem', relativeId),
          purchaseId: type === 'purchase.made' ? encodeId('pur', activityId(occurredAt, seq)) : null,
          createdAt: occurredAt.toISOString(),
        }),
        ({ seq }) => String(seq),
      );
    },
  });
}
