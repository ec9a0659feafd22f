import { jsonAmount } from '../../../kernel/money.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { lookUp } from '../../../platform/executor/lookUp.ts';
import { type Route, readRoute } from '../../../platform/http/route.ts';
import { type CardDesk, goodForMs } from '../../cards/index.ts';
import { familiesSql, sharedWallets, walletsOpenTo } from '../../families/index.ts';
import { ledgerSql } from '../../ledger/index.ts';
import {
  memberAnswer,
  membersSql,
  readMember,
  readMemberByCardNumber,
  readMemberByPhone,
  type Vault,
} from '../../members/index.ts';
import { membershipRows, membershipsSql, overview } from '../../memberships/index.ts';
import { merchantById, merchantsSql } from '../../merchants/index.ts';
import { pointsRows, pointsSql, purseOf } from '../../points/index.ts';
import { isHidden, moneyAnswer, moneyIn, policyIn, walletLots, walletsSql } from '../../wallets/index.ts';
import { LookupAnswer, lookupQuery } from '../shapes.ts';

export type LookupParts = { readonly vault: Vault; readonly desk: CardDesk };

const sql = [
  ...ledgerSql,
  ...membersSql,
  ...membershipsSql,
  ...merchantsSql,
  ...pointsSql,
  ...walletsSql,
  ...familiesSql,
];

/** What the counter sees of a member by phone number alone. */
export function lookupRoute({ vault, desk }: LookupParts): Route {
  return readRoute({
    path: '/v1/member-lookups',
    tag: 'Checkout',
    summary:
      'Who has a phone number or a card’s number, or shows a code, and all that the counter needs to know of them',
    permission: 'members.read',
    query: lookupQuery,
    answer: LookupAnswer,
    async read(db, { query }, { merchantId, now }) {
      const shown = shownCode(desk, merchantId, query.code, now);
      const member = await memberFor(db, { vault, merchantId, shown }, query);
      if (!member) return { items: [] };
      const rows = await lookUp(sql, db, merchantId, (find) => ({
        merchant: find.one(merchantById, merchantId),
        lots: walletLots(member.id, find),
        points: pointsRows(member.id, find),
        membership: membershipRows(member.id, find),
        policy: policyIn(find),
        open: walletsOpenTo(member.id, find),
      }));
      const currency = rows.merchant?.currency ?? '';
      const money = moneyIn(rows.lots, currency, now);
      const isShown = shown?.memberId === member.id;
      const isTold = isShown || !isHidden(rows.policy, money);
      const family = rows.merchant
        ? sharedWallets(rows.open, isShown, { merchant: rows.merchant, vault, now })
        : [];
      const { usable, pending, owed } = purseOf(rows.points, now);
      return {
        items: [
          {
            member: memberAnswer(merchantId, member, vault),
            currency,
            balance: isTold ? moneyAnswer(money) : null,
            family,
            points: { usable: jsonAmount(usable), pending: jsonAmount(pending), owed: jsonAmount(owed) },
            standing: overview(rows.membership, now),
          },
        ],
      };
    },
  });
}

/** Whose phone shows this code now; undefined: nobody's, or not any more. */
function shownCode(desk: CardDesk, merchantId: string, code: string | undefined, now: Date) {
  const shown = code === undefined ? undefined : desk.present(merchantId, code, undefined).payment;
  return shown && now.getTime() - shown.issuedAt.getTime() < goodForMs ? shown : undefined;
}

type Known = {
  readonly vault: Vault;
  readonly merchantId: string;
  readonly shown: { readonly memberId: string } | undefined;
};
type Named = {
  readonly phone?: string | undefined;
  readonly cardNumber?: string | undefined;
  readonly memberId?: string | undefined;
};

/** The member who is named by number or id, or else the one whose code it is. */
async function memberFor(
  db: Db,
  { vault, merchantId, shown }: Known,
  { phone, cardNumber, memberId }: Named,
) {
  if (phone !== undefined) {
    return readMemberByPhone(db, merchantId, vault.phoneHashes(merchantId, phone));
  }
  if (cardNumber !== undefined) return readMemberByCardNumber(db, merchantId, cardNumber);
  const id = memberId ?? shown?.memberId;
  return id === undefined ? undefined : (await readMember(db, merchantId, id))?.member;
}
