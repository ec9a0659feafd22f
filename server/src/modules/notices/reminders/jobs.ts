import { decodeId, newId } from '../../../kernel/id.ts';
import { formatAmount } from '../../../kernel/money.ts';
import type { Random } from '../../../kernel/random.ts';
import type { Pool } from '../../../platform/db/connection.ts';
import { allMerchants, read, writeAside } from '../../../platform/db/read.ts';
import type { Db } from '../../../platform/db/statement.ts';
import type { Job } from '../../../platform/jobs/runner.ts';
import type { Language, Vault } from '../../members/index.ts';
import { sealContent } from '../content.ts';
import type { Event } from '../notice.ts';
import { insert } from '../store.ts';
import { mark } from './mark.ts';
import {
  answeredComplaints,
  claimedGifts,
  crossedCards,
  type ExpiringCard,
  expiringCards,
  type HeldCard,
  memberToRemind,
  noteCrossing,
  type Place,
  type Reminded,
} from './store.ts';

type Parts = {
  readonly readers: Pool;
  readonly writers: Pool;
  readonly clock: () => Date;
  readonly random: Random;
  readonly vault: Vault;
};

const dayMs = 86_400_000;
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
      return !signal.aborted && (crossed === atOnceMax || told);
    },
  };
}

type ToMember = {
  readonly merchantId: string;
  readonly memberId: string;
  readonly occasion: string;
  readonly event: Event;
  readonly params: (language: Language) => Readonly<Record<string, string>>;
  readonly wants: (member: Reminded) => boolean;
};

/** Queues a notice for a member, if they are there and want it. */
async function tell({ clock, random, vault }: Parts, db: Db, message: ToMember): Promise<void> {
  const { merchantId, memberId, occasion, event, params, wants } = message;
  const member = await memberToRemind(db, merchantId, memberId);
  if (!member || !wants(member)) return;
  const now = clock();
  const id = newId(now, random);
  const { language } = member;
  const content = { to: null, params: params(language) };
  const sealedContent = sealContent(vault, merchantId, id, content, random);
  await insert(
    db,
    merchantId,
    { id, occasion, event, memberId, language, sealedContent, goodUntil: null },
    now,
  );
}

const nameOf = ({ nameZh, nameEn }: Pick<HeldCard, 'nameZh' | 'nameEn'>, language: Language) =>
  language === 'zh' ? nameZh : nameEn;
const locales = { zh: 'zh-CN', en: 'en' } as const;

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
  const days = String(Math.ceil((validUntil.getTime() - now.getTime()) / dayMs));
  await writeAside(parts.writers, merchantId, (db) =>
    tell(parts, db, {
      merchantId,
      memberId,
      // Extended, a card comes to its marks anew; given away, it does so for somebody else.
      occasion: `expiry|${cardId}|${memberId}|${validUntil.getTime()}|${passed}`,
      event: 'card_expiring',
      params: (language) => ({ ...cardParams(card)(language), days }),
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
