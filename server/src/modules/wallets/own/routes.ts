import { activityId, encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused } from '../../../kernel/outcome.ts';
import { read } from '../../../platform/db/read.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { lookUp } from '../../../platform/executor/lookUp.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import { page } from '../../../platform/http/page.ts';
import { type Route, visitRoute } from '../../../platform/http/route.ts';
import { pageOf } from '../../../platform/http/shapes.ts';
import { catalogSql, type Scope, scopeNames } from '../../catalog/index.ts';
import { type Account, ledgerSql } from '../../ledger/index.ts';
import {
  type MemberParts,
  maskedMember,
  memberNow,
  membersSql,
  signedIn,
  slugParams,
} from '../../members/index.ts';
import { merchantsSql, storeById } from '../../merchants/index.ts';
import { rulesIn } from '../bonus/rule.ts';
import { scopeOf } from '../bonus/scope.ts';
import { walletHistory } from '../reading/store.ts';
import { historyQuery, OwnEntryAnswer, OwnWalletAnswer } from '../shapes.ts';
import { walletsSql } from '../store.ts';
import { isPrincipal, moneyAnswer, moneyIn, walletLots } from '../wallet.ts';

const tag = 'Wallet';
const ownSql = [...ledgerSql, ...walletsSql, ...merchantsSql, ...catalogSql];

/** What members see of what they have prepaid. */
export function ownWalletRoutes(parts: MemberParts): readonly Route[] {
  return [
    visitRoute({
      method: 'GET',
      path: '/v1/wallet/:slug/stored-value',
      tag,
      access: 'member',
      summary: 'What is on my wallet: principal and bonus apart, and when which part ends',
      params: slugParams,
      answer: OwnWalletAnswer,
      async visit({ params }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const { merchant, memberId } = session;
        const { currency } = merchant;
        const now = parts.clock();
        return {
          body: await read(parts.readers, merchant.id, (db) =>
            lookUp(ownSql, db, merchant.id, (find) => {
              const lots = walletLots(memberId, find);
              const own = lots.filter(({ asset }) => asset === currency);
              return {
                currency,
                balance: moneyAnswer(moneyIn(lots, currency, now)),
                lots: partsOf(own, now, find),
              };
            }),
          ),
        };
      },
    }),
    visitRoute({
      method: 'GET',
      path: '/v1/wallet/:slug/stored-value/history',
      tag,
      access: 'member',
      summary: 'What happened to what is on my wallet, newest first',
      params: slugParams,
      query: historyQuery,
      answer: pageOf(OwnEntryAnswer),
      async visit({ params, query: { cursor = null, limit } }, caller) {
        const session = await signedIn(parts, params.slug, caller);
        if (isRefused(session)) return session;
        const { merchant, memberId } = session;
        const asked = { memberId, currency: merchant.currency, before: cursor, limit };
        return {
          body: await read(parts.readers, merchant.id, (db) => entriesOf(parts, db, merchant.id, asked)),
        };
      },
    }),
  ];
}

/** What there is by when it ends, the soonest first: whose store answers for it is no matter to who spends it. */
function partsOf(lots: readonly Account[], now: Date, find: Find) {
  const rules = rulesIn(find);
  const parts = new Map<string, { lot: Account; balance: bigint; scope: Scope | undefined }>();
  for (const lot of lots) {
    const isOver = lot.usableUntil !== null && lot.usableUntil <= now;
    if (lot.balance === 0n || isOver) continue;
    const from = lot.usableFrom !== null && lot.usableFrom > now ? lot.usableFrom : null;
    const scope = scopeOf(lot, rules);
    const name = `${isPrincipal(lot)}|${from?.getTime()}|${lot.usableUntil?.getTime()}|${JSON.stringify(scope)}`;
    const balance = (parts.get(name)?.balance ?? 0n) + lot.balance;
    parts.set(name, { lot: { ...lot, usableFrom: from }, balance, scope });
  }
  return [...parts.values()].toSorted(bySoonestEnd).map(({ lot, balance, scope }) => ({
    kind: isPrincipal(lot) ? ('principal' as const) : ('bonus' as const),
    balance: jsonAmount(balance),
    usableFrom: lot.usableFrom?.toISOString() ?? null,
    usableUntil: lot.usableUntil?.toISOString() ?? null,
    scope: scope === undefined ? null : scopeNames(scope, find),
  }));
}

type Ending = { readonly lot: Pick<Account, 'usableUntil' | 'usableFrom'> };

function bySoonestEnd({ lot: one }: Ending, { lot: other }: Ending): number {
  const endOf = ({ usableUntil }: Ending['lot']) => usableUntil?.getTime() ?? Number.MAX_SAFE_INTEGER;
  return endOf(one) - endOf(other) || (one.usableFrom?.getTime() ?? 0) - (other.usableFrom?.getTime() ?? 0);
}

type Asked = {
  readonly memberId: string;
  readonly currency: string;
  readonly before: bigint | null;
  readonly limit: number;
};

async function entriesOf({ vault }: MemberParts, db: Db, merchantId: string, { limit, ...asked }: Asked) {
  const rows = await walletHistory(db, merchantId, { ...asked, limit: limit + 1 });
  const known = await lookUp([...merchantsSql, ...membersSql], db, merchantId, (find) =>
    rows.map(({ storeId, relativeId }) => ({
      store: storeId === null ? undefined : find.one(storeById, storeId),
      relative: relativeId === null ? undefined : memberNow(relativeId, find),
    })),
  );
  const named = rows.map((row, n) => {
    const relative = known[n]?.relative;
    const paidBy = relative ? maskedMember(merchantId, relative, vault) : null;
    return { ...row, store: known[n]?.store?.name ?? null, paidBy };
  });
  return page(
    named,
    limit,
    ({ seq, type, occurredAt, store, principal, bonus, after, paidBy }) => ({
      id: encodeId('act', activityId(occurredAt, seq)),
      type,
      occurredAt: occurredAt.toISOString(),
      store,
      principal: jsonAmount(principal),
      bonus: jsonAmount(bonus),
      amount: jsonAmount(principal + bonus),
      balanceAfter: jsonAmount(after),
      paidBy,
    }),
    ({ seq }) => String(seq),
  );
}
