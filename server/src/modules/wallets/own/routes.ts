import { activityId, encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused } from '../../../kernel/outcome.ts';
import { read } from '../../../platform/db/read.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { lookUp } from '../../../platform/executor/lookUp.ts';
import { page } from '../../../platform/http/page.ts';
import { type Route, visitRoute } from '../../../platform/http/route.ts';
import { pageOf } from '../../../platform/http/shapes.ts';
import { type Account, ledgerSql } from '../../ledger/index.ts';
import { type MemberParts, signedIn, slugParams } from '../../members/index.ts';
import { merchantsSql, storeById } from '../../merchants/index.ts';
import { walletHistory } from '../reading/store.ts';
import { historyQuery, OwnEntryAnswer, OwnWalletAnswer } from '../shapes.ts';
import { isPrincipal, moneyAnswer, moneyIn, walletLots } from '../wallet.ts';

const tag = 'Wallet';

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
        const lots = await read(parts.readers, merchant.id, (db) =>
          lookUp(ledgerSql, db, merchant.id, (find) => walletLots(memberId, find)),
        );
        const now = parts.clock();
        return {
          body: {
            currency,
            balance: moneyAnswer(moneyIn(lots, currency, now)),
            lots: partsOf(
              lots.filter((lot) => lot.asset === currency),
              now,
            ),
          },
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
        return { body: await read(parts.readers, merchant.id, (db) => entriesOf(db, merchant.id, asked)) };
      },
    }),
  ];
}

/** What there is by when it ends, the soonest first: whose store answers for it is no matter to who spends it. */
function partsOf(lots: readonly Account[], now: Date) {
  const parts = new Map<string, { lot: Account; balance: bigint }>();
  for (const lot of lots) {
    const isOver = lot.usableUntil !== null && lot.usableUntil <= now;
    if (lot.balance === 0n || isOver) continue;
    const from = lot.usableFrom !== null && lot.usableFrom > now ? lot.usableFrom : null;
    const name = `${isPrincipal(lot)}|${from?.getTime()}|${lot.usableUntil?.getTime()}`;
    const balance = (parts.get(name)?.balance ?? 0n) + lot.balance;
    parts.set(name, { lot: { ...lot, usableFrom: from }, balance });
  }
  return [...parts.values()].toSorted(bySoonestEnd).map(({ lot, balance }) => ({
    kind: isPrincipal(lot) ? ('principal' as const) : ('bonus' as const),
    balance: jsonAmount(balance),
    usableFrom: lot.usableFrom?.toISOString() ?? null,
    usableUntil: lot.usableUntil?.toISOString() ?? null,
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

async function entriesOf(db: Db, merchantId: string, { limit, ...asked }: Asked) {
  const rows = await walletHistory(db, merchantId, { ...asked, limit: limit + 1 });
  const stores = await lookUp(merchantsSql, db, merchantId, (find) =>
    rows.map(({ storeId }) => (storeId === null ? undefined : find.one(storeById, storeId))),
  );
  const named = rows.map((row, n) => ({ ...row, store: stores[n]?.name ?? null }));
  return page(
    named,
    limit,
    ({ seq, type, occurredAt, store, principal, bonus, after }) => ({
      id: encodeId('act', activityId(occurredAt, seq)),
      type,
      occurredAt: occurredAt.toISOString(),
      store,
      principal: jsonAmount(principal),
      bonus: jsonAmount(bonus),
      amount: jsonAmount(principal + bonus),
      balanceAfter: jsonAmount(after),
    }),
    ({ seq }) => String(seq),
  );
}
