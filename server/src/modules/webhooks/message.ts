import { createHmac } from 'node:crypto';
import { assert } from '../../kernel/assert.ts';
import { activityId, encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { shownOf } from './events.ts';

/** An entry of the log, as far as news is made of it. */
export type LoggedEvent = {
  readonly seq: bigint;
  readonly type: string;
  readonly occurredAt: Date;
  readonly storeId: string | null;
  readonly subjectId: string | null;
  readonly reference: string | null;
  readonly amount: bigint | null;
  readonly details: Readonly<Record<string, unknown>>;
};

/** The id of an event: that of its activity, the same each time that it is sent. */
export function eventIdOf({ occurredAt, seq }: Pick<LoggedEvent, 'occurredAt' | 'seq'>): string {
  return encodeId('act', activityId(occurredAt, seq));
}

/** The body of a message. The same entry gives the same bytes, however often and by whichever process it is sent. */
export function bodyOf(merchantId: string, event: LoggedEvent): string {
  const shown = shownOf(event.type);
  assert(shown !== undefined, 'only what is on the list is ever planned');
  const { storeId, subjectId, details } = event;
  return JSON.stringify({
    id: eventIdOf(event),
    type: event.type,
    timestamp: event.occurredAt.toISOString(),
    data: {
      merchantId: encodeId('mer', merchantId),
      // What of two events of one subject came first, when a retry turned them round.
      sequence: jsonAmount(event.seq),
      subjectId: subjectId === null ? null : encodeId(shown.subject, subjectId),
      storeId: storeId === null ? null : encodeId('store', storeId),
      reference: event.reference,
      amount: event.amount === null ? null : jsonAmount(event.amount),
      ...Object.fromEntries(
        shown.details.flatMap((name) => (details[name] === undefined ? [] : [[name, details[name]]])),
      ),
    },
  });
}

/** The headers of Standard Webhooks: with two secrets, a signature by each. */
export function headersOf(id: string, body: string, secrets: readonly Buffer[], now: Date) {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const signed = `${id}.${timestamp}.${body}`;
  return {
    'content-type': 'application/json',
    'user-agent': 'Scrip-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets
      .map((secret) => `v1,${createHmac('sha256', secret).update(signed).digest('base64')}`)
      .join(' '),
  };
}

/** A secret as its merchant is shown it, once. */
export function secretText(secret: Uint8Array): string {
  return `whsec_${Buffer.from(secret).toString('base64')}`;
}

/** What a secret is sealed as: it opens for no other merchant. */
export function secretContext(merchantId: string): string {
  return `webhook secret|${merchantId}`;
}
