import type { Random } from '../../kernel/random.ts';
import type { Pool } from '../../platform/db/connection.ts';
import { allMerchants, read, writeAside } from '../../platform/db/read.ts';
import type { Db } from '../../platform/db/statement.ts';
import type { Job } from '../../platform/jobs/runner.ts';
import type { Log } from '../../platform/log/log.ts';
import { type Message, readMember, type Vault } from '../members/index.ts';
import { readMerchant } from '../merchants/index.ts';
import type { Channels } from './channels.ts';
import { openContent, sealContent } from './content.ts';
import {
  type Address,
  attemptsMax,
  type ChannelName,
  channelFor,
  type Delivery,
  type Failure,
  leaseMs,
  retryAfterMs,
} from './notice.ts';
import { reminderJob } from './reminders/jobs.ts';
import { type DueNotice, forget, insert, setDead, setSent, setWaiting, take } from './store.ts';
import { worded } from './templates.ts';

export type NoticeParts = {
  readonly readers: Pool;
  readonly writers: Pool;
  readonly clock: () => Date;
  readonly random: Random;
  readonly vault: Vault;
  readonly channels: Channels;
  readonly log: Log;
};

const atOnceMax = 20;
const wordsForMs = 7 * 86_400_000;

/** Queues a message in the caller's transaction, so that it is there if, and only if, what it tells of is. */
export async function queueMessage(
  { vault, random }: Pick<NoticeParts, 'vault' | 'random'>,
  db: Db,
  merchantId: string,
  { id, occasion, event, memberId, language, to, params, goodUntil }: Message,
  now: Date,
): Promise<void> {
  const sealedContent = sealContent(vault, merchantId, id, { to, params }, random);
  await insert(db, merchantId, { id, occasion, event, memberId, language, sealedContent, goodUntil }, now);
}

/** Sends what is queued, reminds of what is coming, and forgets what has been said. */
export function noticeJobs(parts: NoticeParts): readonly Job[] {
  const { writers, clock } = parts;
  return [
    {
      name: 'notices.send',
      everyMs: 1_000,
      async run() {
        const now = clock();
        const leaseUntil = new Date(now.getTime() + leaseMs);
        const due = await writeAside(writers, allMerchants, (db) => take(db, now, leaseUntil, atOnceMax));
        await Promise.all(due.map((notice) => sendOne(parts, notice)));
        return due.length === atOnceMax;
      },
    },
    {
      name: 'notices.forget',
      everyMs: 60_000,
      async run() {
        const now = clock();
        const before = new Date(now.getTime() - wordsForMs);
        await writeAside(writers, allMerchants, (db) => forget(db, now, before));
        return false;
      },
    },
    reminderJob(parts),
  ];
}

/**
 * Sends one and notes what came of it. A process that dies in between has it sent again when the lease is over, under
 * the same id: the receiver tells by that, and what was noted as sent is never sent again.
 */
async function sendOne(parts: NoticeParts, notice: DueNotice): Promise<void> {
  const { writers, clock } = parts;
  const { merchantId, attempts, event } = notice;
  const delivery = await deliver(parts, notice);
  if (!delivery.sent)
    parts.log.info('a notice was not sent', { id: notice.id, event, attempts, failure: delivery.failure });
  const now = clock();
  await writeAside(writers, merchantId, async (db) => {
    if (delivery.sent) return setSent(db, notice, delivery.over, now);
    const { failure, again } = delivery;
    if (!again || attempts >= attemptsMax) return setDead(db, notice, failure, now);
    return setWaiting(db, notice, failure, new Date(now.getTime() + retryAfterMs(attempts)));
  });
}

type Delivered =
  | Exclude<Delivery, { readonly sent: true }>
  | { readonly sent: true; readonly over: ChannelName };

async function deliver(parts: NoticeParts, notice: DueNotice): Promise<Delivered> {
  const { channels, clock } = parts;
  const never = (failure: Failure): Delivered => ({ sent: false, failure, again: false });
  const { goodUntil, sealedContent } = notice;
  if (sealedContent === null || (goodUntil !== null && clock() >= goodUntil)) return never('too_late');
  const said = await compose(parts, notice, sealedContent).catch((error: unknown) => {
    // A key that is gone, or a parameter that is missing: it would be so at every attempt.
    parts.log.error('a notice cannot be put into words', { id: notice.id, event: notice.event }, error);
    return undefined;
  });
  if (!said) return never('broken');
  if (!said.to) return never('nobody');
  const channel = channelFor(said.to, (name) => channels.has(name));
  const carrier = channel && channels.get(channel);
  if (!channel || !carrier) return never('no_channel');
  const { id, event, language } = notice;
  const delivery = await carrier.send({ ...said, to: said.to, id, event, language }, clock());
  return delivery.sent ? { sent: true, over: channel } : delivery;
}

/** To whom it goes, and in what words. */
async function compose(parts: NoticeParts, notice: DueNotice, sealedContent: Buffer) {
  const { vault, readers } = parts;
  const { merchantId, id, event, language } = notice;
  const content = openContent(vault, merchantId, id, sealedContent);
  const merchant = await read(readers, merchantId, (db) => readMerchant(db, merchantId));
  const params = { ...content.params, merchant: merchant?.name ?? '' };
  const to = content.to ?? (await addressOf(parts, notice));
  return { to, params, ...worded(event, language, params) };
}

/** Where a member is reached now; undefined when the member is erased. */
async function addressOf(
  { readers, vault }: NoticeParts,
  { merchantId, memberId }: DueNotice,
): Promise<Address | undefined> {
  if (memberId === null) return undefined;
  const known = await read(readers, merchantId, (db) => readMember(db, merchantId, memberId));
  if (!known) return undefined;
  const open = (sealed: Buffer | null, field: string) =>
    sealed === null ? null : vault.open(sealed, { merchantId, id: memberId, field });
  return { phone: open(known.member.sealedPhone, 'phone'), email: open(known.member.sealedEmail, 'email') };
}
