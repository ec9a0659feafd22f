import { z } from 'zod';
import { decodeId, encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { refused } from '../../../kernel/outcome.ts';
import { type Route, readRoute } from '../../../platform/http/route.ts';
import { amountJson, idOut, pageOf, pageQuery, textIn } from '../../../platform/http/shapes.ts';
import type { Account } from '../account.ts';
import { ownerIdOut } from './owner.ts';
import { selectAccounts, selectTrialBalance } from './store.ts';

const tag = 'Ledger';

const account = z.object({
  id: idOut('acct'),
  ownerId: z
    .string()
    .meta({ description: 'The card, member, gift, coupon, store or merchant that it belongs to.' }),
  purpose: z.string(),
  detail: z.string(),
  asset: z.string(),
  balance: amountJson.meta({
    description: 'Positive: owed to the owner (credit). Negative: held by it (debit).',
  }),
  held: amountJson,
  state: z.enum(['open', 'frozen', 'closed']),
});

const trialBalance = z.object({
  assets: z.array(
    z.object({ asset: z.string(), debits: amountJson, credits: amountJson, difference: amountJson }),
  ),
  balanced: z.boolean(),
});

const first = '00000000-0000-0000-0000-000000000000';
export const ledgerRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/ledger/accounts',
    tag,
    summary: 'Accounts with their balances.',
    permission: 'ledger.read',
    query: z.strictObject({
      ...pageQuery,
      ownerId: z.string().max(64).optional(),
      purpose: textIn(40).optional(),
    }),
    answer: pageOf(account),
    async read(db, { query }, { merchantId }) {
      const after = query.cursor === undefined ? first : decodeId('acct', query.cursor);
      const ownerId = query.ownerId === undefined ? null : ownerIdIn(query.ownerId);
      if (after === undefined) return refused('invalid_request', { field: 'cursor' });
      if (ownerId === undefined) return refused('invalid_request', { field: 'ownerId' });
      const filter = { after, ownerId, purpose: query.purpose ?? null, limit: query.limit + 1 };
      const found = await selectAccounts(db, merchantId, filter);
      const items = found.slice(0, query.limit).map((one) => shown(one, merchantId));
      return { items, nextCursor: found.length > query.limit ? (items.at(-1)?.id ?? null) : null };
    },
  }),
  readRoute({
    path: '/v1/ledger/trial-balance',
    tag,
    summary: 'All debit and credit balances, by asset: do the books balance?',
    permission: 'ledger.read',
    answer: trialBalance,
    async read(db, _parsed, { merchantId }) {
      const assets = await selectTrialBalance(db, merchantId);
      return {
        assets: assets.map(({ asset, debits, credits }) => ({
          asset,
          debits: jsonAmount(debits),
          credits: jsonAmount(credits),
          difference: jsonAmount(credits - debits),
        })),
        balanced: assets.every(({ debits, credits }) => debits === credits),
      };
    },
  }),
];

function ownerIdIn(text: string): string | undefined {
  return ['card', 'store', 'mer', 'mem', 'gft', 'cpn', 'cpt']
    .map((prefix) => decodeId(prefix, text))
    .find((id) => id !== undefined);
}

function shown(one: Account, merchantId: string) {
  return {
    id: encodeId('acct', one.id),
    ownerId: ownerIdOut(one, merchantId),
    purpose: one.purpose,
    detail: one.detail,
    asset: one.asset,
    balance: jsonAmount(one.balance),
    held: jsonAmount(one.held),
    state: one.state,
  };
}
