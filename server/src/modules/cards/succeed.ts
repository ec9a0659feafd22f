import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { isRefused, type Refusal, refused } from '../../kernel/outcome.ts';
import { accepted, type Context, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { type Account, inSpendingOrder, openBook, type Share, spread } from '../ledger/index.ts';
import { type ProgramVersion, versionById } from '../programs/index.ts';
import { mayReplace, mayTransfer } from './allowed.ts';
import {
  type Card,
  cardAt,
  cardPurpose,
  cards,
  type Money,
  moneyOn,
  sellerOf,
  serialCounter,
  serialCounters,
} from './card.ts';
import { freed, lotsOf } from './pay.ts';

/** The hashes of a new card's secrets, made at the edge; the secrets themselves are shown there and stored nowhere. */
export type NewSecrets = {
  readonly codeHash: string;
  readonly pinHash: Buffer;
  readonly keyVersion: number;
  /** Of the key that they are made of; it stays with the answer, so that a retry is shown the same. */
  readonly sealVersion: number;
  readonly last4: string;
};

export type SucceedInput = {
  readonly cardId: string;
  readonly reason: string | undefined;
  readonly holder: string | undefined;
  /** Left out: all of it. */
  readonly amount: bigint | undefined;
  readonly secrets: NewSecrets;
  /** What the secrets are made of, beside a key that is not in the database. */
  readonly idempotencyKey: string;
};

type Facts = {
  readonly card: Card;
  readonly version: ProgramVersion;
  readonly money: Money;
  readonly input: SucceedInput;
};
type Guard = (facts: Facts, context: Context) => Refusal | undefined;
type Kind = {
  readonly name: string;
  readonly permission: string;
  readonly type: string;
  readonly guard: Guard;
};

/** A new card takes value over from an old one, lot by lot; if it takes all, the old code and PIN are dead. */
function succession({ name, permission, type, guard }: Kind) {
  return useCase({
    name,
    permission,
    movesValue: true,
    amountOf: (input: SucceedInput) => input.amount,

    needs(input, find) {
      const card = cardAt(input.cardId, find);
      return {
        card,
        version: card && find.one(versionById, card.versionId),
        lots: lotsOf(card?.id, find),
        counter: find.one(serialCounter, find.merchantId),
      };
    },

    ownerStoreOf: sellerOf,

    decide({ card, version, lots: found, counter }, input, context) {
      if (!card || !version) return refused('card_not_found');
      const { lots, changes: lapsed } = freed(found, context);
      const money = moneyOn(lots);
      const unable = guard({ card, version, money, input }, context);
      if (unable) return unable;
      const total = money.balance;
      const amount = input.amount ?? total;
      const shares = spread(inSpendingOrder(lots), amount);
      if (!shares) return refused('insufficient_balance', { field: 'amount', detail: `${total} is on it.` });
      const whole = amount === total;
      const moved = move({ card, version, lots, shares, whole }, context);
      if (isRefused(moved)) return moved;
      const serial = (counter?.last ?? 0n) + 1n;
      const heir = heirOf(card, version, input, {
        id: moved.heirId,
        serial,
        amount,
        loadPostings: BigInt(shares.length),
      });
      const left: Card = whole ? { ...card, state: 'replaced', replacedBy: heir.id } : card;
      const balance = jsonAmount(amount);
      const details = {
        reason: input.reason,
        successor: encodeId('card', heir.id),
        balance: jsonAmount(total - amount),
      };
      return accepted({
        activities: [
          { type, subjectId: card.id, amount, details, postings: moved.postings },
          {
            type: 'card.issued',
            subjectId: heir.id,
            amount,
            relatedSeq: context.seq(),
            details: { balance },
          },
        ],
        changes: [
          ...lapsed,
          put(cards, left),
          put(cards, heir),
          put(serialCounters, { merchantId: context.merchantId, last: serial }),
          ...moved.changes,
        ],
        result: {
          id: encodeId('act', context.activityId()),
          cardId: encodeId('card', heir.id),
          serial: String(serial).padStart(10, '0'),
          predecessorId: encodeId('card', card.id),
          balance,
          hasPin: version.pin,
          sealVersion: input.secrets.sealVersion,
          createdAt: context.now.toISOString(),
        },
      });
    },
  });
}

type Move = {
  readonly card: Card;
  readonly version: ProgramVersion;
  readonly lots: readonly Account[];
  readonly shares: readonly Share[];
  readonly whole: boolean;
};

function move({ card, lots, shares, whole }: Move, context: Context) {
  const heirId = context.newId();
  const book = openBook(lots, context.now);
  const transfers = shares.map(({ account, amount }) => ({
    from: account,
    to: book.account(
      { ownerId: heirId, purpose: cardPurpose, detail: account.detail, asset: account.asset },
      { floor: 0n, usableUntil: card.validUntil },
    ),
    amount,
  }));
  const postings = book.post(transfers, { evenIfUnusable: true });
  if (isRefused(postings)) return postings;
  if (whole) for (const lot of lots) book.set({ ...book.now(lot), state: 'closed' });
  return { heirId, postings, changes: book.changes() };
}

type Parts = Pick<Card, 'id' | 'serial' | 'loadPostings'> & { readonly amount: bigint };

function heirOf(card: Card, version: ProgramVersion, input: SucceedInput, parts: Parts): Card {
  const { codeHash, pinHash, keyVersion, last4 } = input.secrets;
  const { id, serial, amount, loadPostings } = parts;
  return {
    ...card,
    id,
    serial,
    loadPostings,
    codeHash,
    keyVersion,
    last4,
    pinHash: version.pin ? pinHash : null,
    batchId: null,
    draw: 0,
    state: 'active',
    // It was not sold but took over: there is no activation of its own to undo.
    activationSeq: null,
    loaded: amount,
    pinTries: 0,
    holder: input.holder ?? card.holder,
    replacedBy: null,
    replaces: card.id,
    reason: null,
  };
}

/** Gives a card, or part of what is on it, to another holder. */
export const transferCard = succession({
  name: 'card.transfer',
  permission: 'cards.transfer',
  type: 'card.transferred',
  guard: ({ card, version, money, input }, { now }) =>
    mayTransfer(card, version, money, now) ??
    (version.bearer || input.holder !== undefined
      ? undefined
      : refused('holder_required', { field: 'holder', next: 'Say whose the card is from now on.' })),
});

/** Puts a new card in the place of a lost or faulty one. */
export const replaceCard = succession({
  name: 'card.replace',
  permission: 'cards.replace',
  type: 'card.replaced',
  guard: ({ card, money, input }, { now }) =>
    mayReplace(card, money, now) ??
    (input.amount === undefined || input.amount === money.balance
      ? undefined
      : refused('invalid_request', { field: 'amount', detail: `All of it moves: ${money.balance}.` })),
});
