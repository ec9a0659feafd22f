import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { isRefused } from '../../kernel/outcome.ts';
import { civilDay } from '../../kernel/time.ts';
import type { Db } from '../../platform/db/statement.ts';
import { lookUp } from '../../platform/executor/lookUp.ts';
import { ledgerSql } from '../ledger/index.ts';
import {
  type Member,
  maskedMember,
  memberAnswer,
  memberAt,
  membersSql,
  type Vault,
} from '../members/index.ts';
import { isHidden, moneyIn, policyIn, walletsSql } from '../wallets/index.ts';
import { shareFacts } from './answers.ts';
import { isStanding, mostNow, offersTo, type Share, sharesOfPayer } from './share.ts';
import { isOn, type SharedRows, shareIn, walletsOpenTo } from './shared.ts';
import { familiesSql, listShares } from './store.ts';

const sql = [...ledgerSql, ...membersSql, ...walletsSql, ...familiesSql];

/** As whom, where and when something is shown. */
type Showing = {
  readonly merchant: { readonly id: string; readonly currency: string; readonly timezone: string };
  readonly vault: Vault;
  readonly now: Date;
};

/** What of a wallet that is open to a member they are shown: never more than they could pay. */
function openWallet(rows: SharedRows, { merchant, vault, now }: Showing) {
  const share = shareIn(rows);
  if (isRefused(share) || !rows.payer) return undefined;
  const today = civilDay(now, merchant.timezone);
  const most = mostNow(share, moneyIn(rows.lots, merchant.currency, now).total, today);
  return { share, most, today, payer: maskedMember(merchant.id, rows.payer, vault), payerId: rows.payer.id };
}

/** The wallets that a member may pay from, as the counter is shown them; `isShown`: the member has shown who they are. */
export function sharedWallets(all: readonly SharedRows[], isShown: boolean, showing: Showing) {
  return all.flatMap((rows) => {
    const found = openWallet(rows, showing);
    if (!found) return [];
    const { share, most, today, payer, payerId } = found;
    const isTold = isShown || !isHidden(rows.policy, { total: most });
    return [
      {
        ...shareFacts(share, today),
        payerId: encodeId('mem', payerId),
        payer,
        spendable: isTold ? jsonAmount(most) : null,
      },
    ];
  });
}

/** All that a member has of family sharing. `phoneHashes`: of their number, under each version of the key. */
export async function ownFamily(db: Db, memberId: string, phoneHashes: readonly string[], showing: Showing) {
  const { merchant, vault, now } = showing;
  const rows = await lookUp(sql, db, merchant.id, (find) => ({
    policy: policyIn(find),
    given: find.all(sharesOfPayer, memberId).map((share) => ({
      share,
      relative: share.relativeId === null ? undefined : memberAt(share.relativeId, find),
    })),
    open: walletsOpenTo(memberId, find),
    offers: phoneHashes
      .flatMap((hash) => find.all(offersTo, hash))
      .map((share) => ({ share, payer: memberAt(share.payerId, find) })),
  }));
  const today = civilDay(now, merchant.timezone);
  const person = (member: Member) => maskedMember(merchant.id, member, vault);
  return {
    currency: merchant.currency,
    relativesMax: rows.policy.relativesMax,
    given: rows.given.flatMap(({ share, relative }) => {
      if (!isStanding(share, now) || (share.state === 'active' && !relative)) return [];
      return [
        {
          ...shareFacts(share, today),
          state: share.state === 'active' ? ('active' as const) : ('offered' as const),
          relative: relative ? person(relative) : null,
          phoneEnd: share.phoneEnd,
          expiresAt: share.expiresAt?.toISOString() ?? null,
        },
      ];
    }),
    got: rows.open.flatMap((one) => {
      const found = openWallet(one, showing);
      if (!found) return [];
      const { share, most, payer } = found;
      return [{ ...shareFacts(share, today), payer, spendable: jsonAmount(most) }];
    }),
    offers: rows.offers.flatMap(({ share, payer }) => {
      if (!isOn(rows.policy) || !payer || payer.id === memberId || !isStanding(share, now)) return [];
      const expiresAt = share.expiresAt?.toISOString() ?? null;
      return [{ ...shareFacts(share, today), payer: person(payer), expiresAt }];
    }),
  };
}

type Slice = { readonly before: string | null; readonly limit: number };

/** The shares that a member ever had part in, for staff, with who the two are. */
export async function sharesOf(
  db: Db,
  memberId: string,
  { before, limit }: Slice,
  { merchant, vault, now }: Showing,
) {
  const found = await listShares(db, merchant.id, memberId, before, limit);
  const people = await lookUp(sql, db, merchant.id, (find) =>
    found.map(({ payerId, relativeId }) => ({
      payer: memberAt(payerId, find),
      relative: relativeId === null ? undefined : memberAt(relativeId, find),
    })),
  );
  const today = civilDay(now, merchant.timezone);
  const person = (member: Member | undefined) => {
    if (!member) return null;
    const { id, name, phone } = memberAnswer(merchant.id, member, vault);
    return { id, name, phone };
  };
  return found.map((share, n) => ({
    ...shareFacts(share, today),
    state: share.state,
    currency: merchant.currency,
    payer: person(people[n]?.payer),
    relative: person(people[n]?.relative),
    phoneEnd: share.phoneEnd,
    begunBy: share.begunBy,
    endedBy: share.endedBy,
    ...timesOf(share),
  }));
}

function timesOf({ createdAt, expiresAt, begunAt, endedAt }: Share) {
  return {
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    begunAt: begunAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}
