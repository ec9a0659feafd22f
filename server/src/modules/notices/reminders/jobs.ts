import { decodeId } from '../../../kernel/id.ts';
import { formatAmount } from '../../../kernel/money.ts';
import { allMerchants, read, writeAside } from '../../../platform/db/read.ts';
import type { Job } from '../../../platform/jobs/runner.ts';
import type { Language } from '../../members/index.ts';
import { tellOfFamily } from '../family/jobs.ts';
import { remindOfTerms } from '../term/jobs.ts';
import { remindOfValue } from '../value/jobs.ts';
import { dayMs, daysLeft, mark } from './mark.ts';
import {
  answeredComplaints,
  claimedGifts,
  crossedCards,
  type ExpiringCard,
  expiringCards,
  type HeldCard,
  noteCrossing,
  type Place,
} from './store.ts';
import { locales, type Parts, tell } from './tell.ts';

const atOnceMax = 200;
const start: Place = {
  merchantId: '00000000-0000-0000-0000-000000000000',
  cardId: '00000000-0000-0000-0000-000000000000',
};

/** Finds in the rows what members are to be reminded of. However often it runs, an occasion makes one notice. */
export function reminderJob(parts: Parts): Job {
  return {
    name: 'notices.remind',
    everyMs: 300_000,
    async run(signal) {
      await remindOfExpiry(parts, signal);
      const crossed = await remindOfLowBalance(parts);
      const told = await tellOfWallet(parts);
      await remindOfValue(parts, signal);
      await remindOfTerms(parts, signal);
      const more = await tellOfFamily(parts, signal);
      return !signal.aborted && (crossed === atOnceMax || told || more);
    },
  };
}

const nameOf = ({ nameZh, nameEn }: Pick<HeldCard, 'nameZh' | 'nameEn'>, language: Language) =>
  language === 'zh' ? nameZh : nameEn;

/** What every notice on a card says of it. */
const cardParams = (card: HeldCard) => (language: Language) => ({
  program: nameOf(card, language),
  last4: card.last4,
  balance: formatAmount(card.balance, card.currency, locales[language]),
});

async function remindOfExpiry(parts: Parts, signal: AbortSignal): Promise<void> {
  const { readers, clock } = parts;
  const now = clock();
  const until = new Date(now.getTime() + 30 * dayMs);
  for (let after = start; !signal.aborted; ) {
    const place = after;
    const cards = await read(readers, allMerchants, (db) => expiringCards(db, now, until, place, atOnceMax));
    for (const card of cards) await remindOne(parts, card, now);
    const last = cards.at(-1);
    if (!last || cards.length < atOnceMax) return;
    after = { merchantId: last.merchantId, cardId: last.cardId };
  }
}

async function remindOne(parts: Parts, card: ExpiringCard, now: Date): Promise<void> {
  const memberId = decodeId('mem', card.holder);
  const passed = mark(card.validUntil, now);
  if (memberId === undefined || passed === undefined) return;
  const { merchantId, cardId, validUntil } = card;
  await writeAside(parts.writers, merchantId, (db) =>
    tell(parts, db, {
      merchantId,
      memberId,
      // Extended, a card comes to its marks anew; given away, it does so for somebody else.
      occasion: `expiry|${cardId}|${memberId}|${validUntil.getTime()}|${passed}`,
      event: 'card_expiring',
      params: (language) => ({ ...cardParams(card)(language), days: daysLeft(validUntil, now) }),
      wants: ({ remindExpiry }) => remindExpiry,
    }),
  );
}

async function remindOfLowBalance(parts: Parts): Promise<number> {
  const crossed = await read(parts.readers, allMerchants, (db) => crossedCards(db, atOnceMax));
  for (const card of crossed) {
    const { merchantId, cardId, holder, isLow, crossings } = card;
    const memberId = decodeId('mem', holder);
    // The crossing and its notice are one transaction: neither is there without the other, nor twice.
    await writeAside(parts.writers, merchantId, async (db) => {
      const isFirst = await noteCrossing(db, card);
      if (!isFirst || !isLow || memberId === undefined) return;
      await tell(parts, db, {
        merchantId,
        memberId,
        occasion: `low|${cardId}|${crossings + 1}`,
        event: 'balance_low',
        params: cardParams(card),
        wants: ({ remindLow }) => remindLow,
      });
    });
  }
  return crossed.length;
}

/** How far back it is looked for what somebody should be told: longer than a process is away. */
const lookBackMs = 7 * dayMs;

async function tellOfWallet(parts: Parts): Promise<boolean> {
  const after = new Date(parts.clock().getTime() - lookBackMs);
  const always = () => true;
  const gifts = await read(parts.readers, allMerchants, (db) => claimedGifts(db, after, atOnceMax));
  for (const { merchantId, id, memberId, ...card } of gifts) {
    const params = (language: Language) => ({ program: nameOf(card, language), last4: card.last4 });
    const about = { merchantId, memberId, occasion: `gift|${id}`, params, wants: always };
    await writeAside(parts.writers, merchantId, (db) => tell(parts, db, { ...about, event: 'gift_claimed' }));
  }
  const answered = await read(parts.readers, allMerchants, (db) => answeredComplaints(db, after, atOnceMax));
  for (const { merchantId, id, memberId } of answered) {
    const about = { merchantId, memberId, occasion: `complaint|${id}`, params: () => ({}), wants: always };
    await writeAside(parts.writers, merchantId, (db) =>
      tell(parts, db, { ...about, event: 'complaint_answered' }),
    );
  }
  return false;
}
