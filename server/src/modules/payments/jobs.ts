import { encodeId } from '../../kernel/id.ts';
import type { Pool } from '../../platform/db/connection.ts';
import { allMerchants, read, writeAside } from '../../platform/db/read.ts';
import type { Job } from '../../platform/jobs/runner.ts';
import type { Log } from '../../platform/log/log.ts';
import { readPaymentChannel } from './channel/store.ts';
import { type DeskParts, gatewayOf, orderedOf, type Record } from './desk.ts';
import { endOrder } from './order/endOrder.ts';
import { endRefund } from './order/endRefund.ts';
import type { PaymentOrder } from './order/order.ts';
import { settleOrder } from './order/settleOrder.ts';
import {
  claimWatches,
  type DueWatch,
  endWatch,
  readOrder,
  readPresentation,
  readRefund,
} from './order/store.ts';

export type PaymentJobParts = DeskParts & {
  readonly readers: Pool;
  readonly writers: Pool;
  readonly log: Log;
  readonly record: Record;
};

const atOnceMax = 20;
/** Longer than a channel may take; then what was claimed is claimed again. */
const claimedMs = 60_000;
const restMinMs = 30_000;
const restMaxMs = 30 * 60_000;
/** A channel that says nothing keeps an order open for so long; then it is over here, and asked about for days. */
const unansweredMs = 60 * 60_000;
const watchedMs = 3 * 86_400_000;

/** Asks channels about orders that they have not told of, ends those whose time is over, and sends refunds. */
export function paymentJobs(parts: PaymentJobParts): readonly Job[] {
  return [
    {
      name: 'payments.watch',
      everyMs: 5_000,
      async run() {
        const { writers, clock, log } = parts;
        const now = clock();
        const until = new Date(now.getTime() + claimedMs);
        const due = await writeAside(writers, allMerchants, (db) => claimWatches(db, now, until, atOnceMax));
        await Promise.all(
          due.map(async (one) => {
            try {
              const next = one.what === 'order' ? await askAbout(parts, one) : await sendRefund(parts, one);
              await writeAside(writers, one.merchantId, (db) => endWatch(db, one, next));
            } catch (error) {
              log.error('a payment could not be looked after', { id: one.id, what: one.what }, error);
            }
          }),
        );
        return due.length === atOnceMax;
      },
    },
  ];
}

/** What cannot be recorded now is asked about again: the claim on it lapses. */
function recorder({ record }: PaymentJobParts): Record {
  return async (merchantId, useCase, input) => {
    const refusal = await record(merchantId, useCase, input);
    if (refusal) throw new Error(`${useCase.name} was refused: ${refusal.refused}`);
    return undefined;
  };
}

/** How long to wait before asking once more: twice as long each time, from half a minute to half an hour. */
function restAfter(tries: number): number {
  return Math.min(restMinMs * 2 ** Math.min(tries, 10), restMaxMs);
}

/** Asks a channel about an order, and has what it says recorded. Answers when to ask again. */
async function askAbout(parts: PaymentJobParts, { merchantId, id, tries }: DueWatch): Promise<Date | null> {
  const { readers, clock } = parts;
  const record = recorder(parts);
  const found = await read(readers, merchantId, async (db) => {
    const order = await readOrder(db, merchantId, id);
    const channel = order && (await readPaymentChannel(db, merchantId, order.channelId));
    return { order, channel, presentation: await readPresentation(db, merchantId, id) };
  });
  const { order, channel, presentation } = found;
  if (!order || !channel || order.transaction !== null || order.state === 'refunded') return null;
  const now = clock();
  const age = now.getTime() - order.createdAt.getTime();
  if (age > watchedMs) return null;
  const gateway = await gatewayOf(parts, merchantId, channel);
  const ordered = orderedOf(order, presentation);
  let standing = await gateway.query(ordered);
  const isOver = now >= order.expiresAt;
  if (standing.state === 'waiting' && isOver) standing = await gateway.close(ordered);
  if (standing.state === 'paid') {
    const { payment } = standing;
    await record(merchantId, settleOrder, { orderId: id, channelId: channel.id, payment, source: 'query' });
    return null;
  }
  if (standing.state === 'closed') {
    if (order.state === 'pending') {
      await record(merchantId, endOrder, { orderId: id, how: isOver ? 'expired' : 'closed' });
    }
    return null;
  }
  const isGivenUp = now.getTime() > order.expiresAt.getTime() + unansweredMs;
  if (isGivenUp && order.state === 'pending') {
    await record(merchantId, endOrder, { orderId: id, how: 'expired' });
  }
  return nextAsk(order, now, tries);
}

/** Not later than the end of the order, as long as that is to come. */
function nextAsk(order: PaymentOrder, now: Date, tries: number): Date {
  const next = now.getTime() + restAfter(tries);
  const end = order.expiresAt.getTime();
  return new Date(now.getTime() < end ? Math.min(next, end) : next);
}

/** Sends a refund, or asks what became of it: the same reference is the same refund there. */
async function sendRefund(parts: PaymentJobParts, { merchantId, id, tries }: DueWatch): Promise<Date | null> {
  const { readers, clock } = parts;
  const record = recorder(parts);
  const { refund, order, channel } = await read(readers, merchantId, async (db) => {
    const refund = await readRefund(db, merchantId, id);
    const order = refund && (await readOrder(db, merchantId, refund.orderId));
    const channel = order && (await readPaymentChannel(db, merchantId, order.channelId));
    return { refund, order, channel };
  });
  if (!refund || !order || !channel || refund.state !== 'due') return null;
  const standing = await (await gatewayOf(parts, merchantId, channel)).refund({
    reference: encodeId('prf', refund.id),
    orderReference: encodeId('pay', order.id),
    transaction: refund.transaction,
    amount: refund.amount,
    total: refund.differenceId === null ? order.amount : refund.amount,
    currency: order.currency,
    reason: refund.reason,
  });
  if (standing.state === 'done') {
    await record(merchantId, endRefund, { refundId: id, failure: null });
    return null;
  }
  if (standing.state === 'failed') {
    await record(merchantId, endRefund, { refundId: id, failure: standing.why });
    return null;
  }
  return new Date(clock().getTime() + restAfter(tries));
}
