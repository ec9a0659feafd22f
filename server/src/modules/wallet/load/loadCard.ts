import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import { accepted, type Context, type Recorded, useCase } from '../../../platform/executor/useCase.ts';
import type { Change, Find } from '../../../platform/executor/workingSet.ts';
import {
  type Card,
  freed,
  lotsOf,
  maskCode,
  mayTransfer,
  memberHolder,
  moneyOn,
  type Presented,
  presentedRows,
  recognise,
} from '../../cards/index.ts';
import { type Account, openBook } from '../../ledger/index.ts';
import { memberAt } from '../../members/index.ts';
import { merchantById } from '../../merchants/index.ts';
import { type ProgramVersion, salePriceOf, versionById } from '../../programs/index.ts';
import { isPrincipal, loadRows, type MovedLot, moneyAnswer, moneyIn, moveIn } from '../../wallets/index.ts';
import { isOpen, openGiftsOfCard } from '../gift.ts';
import { notOwn, ownCard } from '../ownCard.ts';

export type LoadCardInput = {
  readonly memberId: string;
  /** One of their own cards, or one by its code and PIN. */
  readonly card: { readonly id: string } | { readonly presented: Presented };
};

/** The tender that a gift card is. */
const giftCardTender = 'gift_card';

function needs({ memberId, card: asked }: LoadCardInput, find: Find) {
  const presented = 'presented' in asked ? presentedRows(asked.presented, find) : undefined;
  const card = 'id' in asked ? ownCard({ memberId, cardId: asked.id }, find) : presented?.card;
  return {
    member: memberAt(memberId, find),
    merchant: find.one(merchantById, find.merchantId),
    presented,
    card,
    version: card && find.one(versionById, card.versionId),
    lots: lotsOf(card?.id, find),
    gifts: card ? find.all(openGiftsOfCard, card.id) : [],
    wallet: loadRows(memberId, undefined, find),
  };
}

type Rows = ReturnType<typeof needs>;
type Found = {
  readonly card: Card;
  readonly version: ProgramVersion;
  readonly changes: readonly Change[];
};

/** The card, by what shows that it is theirs to use. */
function cardFor(rows: Rows, { card: asked }: LoadCardInput, context: Context): Found | Refusal | Recorded {
  if ('presented' in asked && rows.presented) {
    // A payment code is shown to pay with, and is no title to the card.
    if (asked.presented.payment) return refused('not_recognised');
    return recognise(rows.presented, asked.presented, context, undefined);
  }
  const { card, version } = rows;
  return card && version ? { card, version, changes: [] } : notOwn;
}

/**
 * Moves all that is on a gift card to a member's wallet, in one posting or not at all: store by store as it was sold, ending
 * when the card would have ended. The card stays, with nothing on it, so that a refund still finds it.
 */
export const loadCard = useCase({
  name: 'wallet.loadCard',
  permission: 'wallet',
  movesValue: true,
  needs,
  decide(rows, input, context) {
    const { member, merchant, wallet } = rows;
    const { now, merchantId } = context;
    if (!member || !merchant) return refused('not_signed_in');
    const found = cardFor(rows, input, context);
    if (!('card' in found)) return found;
    const { card, version } = found;
    if (card.holder !== null && card.holder !== memberHolder(member.id)) return refused('card_has_holder');
    if (rows.gifts.some((gift) => isOpen(gift, now))) return refused('gift_open');
    const { lots, changes: lapsed } = freed(rows.lots, context);
    const unable = mayTransfer(card, version, moneyOn(lots), now);
    if (unable) return unable;
    const { currency } = version;
    if (currency !== merchant.currency) {
      return refused('currency_mismatch', { detail: `The wallet is in ${merchant.currency}.` });
    }
    const book = openBook([...wallet.accounts, ...lots], now);
    const moved = moveIn(
      wallet,
      book,
      {
        memberId: member.id,
        currency,
        tender: giftCardTender,
        reference: maskCode(card.last4),
        lots: lots.filter(({ balance }) => balance > 0n).map((lot) => movedLot(lot, merchantId)),
        paidPpm: paidPpmOf(card, version),
        usableUntil: card.validUntil,
      },
      context,
    );
    if (isRefused(moved)) return moved;
    const postings = book.post(moved.transfers);
    if (isRefused(postings)) return postings;
    const amount = moneyOn(lots).balance;
    const after = new Map(wallet.lots.map((lot) => [lot.id, lot]));
    for (const { to } of moved.transfers) after.set(to.id, to);
    const nowOn = [...after.values()].map((lot) => book.now(lot));
    const memberId = encodeId('mem', member.id);
    return accepted({
      activities: [
        { type: 'card.moved_to_wallet', subjectId: card.id, amount, details: { memberId }, postings },
      ],
      changes: [...found.changes, ...lapsed, ...moved.changes, ...book.changes()],
      result: {
        id: encodeId('act', context.activityId()),
        cardId: encodeId('card', card.id),
        maskedCode: maskCode(card.last4),
        currency,
        amount: jsonAmount(amount),
        balance: moneyAnswer(moneyIn(nowOn, currency, now)),
        createdAt: now.toISOString(),
      },
    });
  },
});

function movedLot(lot: Account, merchantId: string): MovedLot {
  const [, storeId] = lot.detail.split('|');
  return { from: lot, amount: lot.balance, isPrincipal: isPrincipal(lot), storeId: storeId || merchantId };
}

const whole = 1_000_000n;

/** Which part of the face value was paid when the card was sold, in parts per million. */
function paidPpmOf({ faceValue }: Card, version: ProgramVersion): bigint {
  const price = salePriceOf(version, faceValue);
  return price >= faceValue ? whole : (price * whole) / faceValue;
}
