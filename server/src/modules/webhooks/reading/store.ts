import { type Db, statement } from '../../../platform/db/statement.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Attempt } from '../sending/store.ts';
import { endpointColumns } from '../store.ts';

export type ListedEndpoint = Endpoint & {
  readonly failingSince: Date | null;
  readonly waiting: number;
  readonly dead: number;
};

const listEndpoints = statement(
  'webhooks.list',
  `select ${endpointColumns}, p.failing_since as "failingSince",
     (select count(*)::integer from webhooks.delivery d where d.merchant_id = $1 and d.endpoint_id = e.id
       and d.state in ('waiting', 'sending')) as waiting,
     (select count(*)::integer from webhooks.delivery d where d.merchant_id = $1 and d.endpoint_id = e.id
       and d.state = 'dead') as dead
   from webhooks.endpoint e
   left join webhooks.progress p on p.merchant_id = e.merchant_id and p.endpoint_id = e.id
   where e.merchant_id = $1 and ($2::uuid is null or e.id = $2)
   order by e.id`,
);

/** A merchant's endpoints, oldest first, of which there are few; or the one with this id. */
export function selectEndpoints(db: Db, merchantId: string, id: string | null): Promise<ListedEndpoint[]> {
  return db.query<ListedEndpoint>(listEndpoints, [merchantId, id]);
}

export type ListedDelivery = {
  readonly seq: bigint;
  readonly type: string;
  readonly occurredAt: Date;
  readonly state: string;
  readonly tries: number;
  readonly dueAt: Date;
  readonly lastStatus: number | null;
  readonly lastFailure: string | null;
  readonly lastAt: Date | null;
};

const listDeliveries = statement(
  'webhooks.deliveries',
  `select d.seq, d.type, d.occurred_at as "occurredAt", d.state, d.tries, d.due_at as "dueAt", a.status as "lastStatus",
     a.failure as "lastFailure", a.at as "lastAt"
   from webhooks.delivery d
   left join lateral (
     select t.status, t.failure, t.at from webhooks.attempt t
     where t.merchant_id = $1 and t.endpoint_id = $2 and t.seq = d.seq order by t.id desc limit 1) a on true
   where d.merchant_id = $1 and d.endpoint_id = $2 and d.seq < $3 and ($4::text[] is null or d.state = any($4))
     and ($5::text is null or d.type = $5)
   order by d.seq desc
   limit $6`,
);

export type DeliveryFilter = {
  readonly beforeSeq: bigint;
  readonly states: readonly string[] | null;
  readonly type: string | null;
  readonly limit: number;
};

/** What was or is to be sent to an endpoint, the newest first. */
export function selectDeliveries(
  db: Db,
  merchantId: string,
  endpointId: string,
  { beforeSeq, states, type, limit }: DeliveryFilter,
): Promise<ListedDelivery[]> {
  return db.query<ListedDelivery>(listDeliveries, [merchantId, endpointId, beforeSeq, states, type, limit]);
}

export type ListedAttempt = Omit<Attempt, 'id' | 'seq'>;

const listAttempts = statement(
  'webhooks.attempts',
  `select a.at, a.duration_ms as "durationMs", a.status, a.failure, a.request_head as "requestHead",
     a.response_head as "responseHead", a.response_body as "responseBody"
   from webhooks.attempt a
   where a.merchant_id = $1 and a.endpoint_id = $2 and a.seq = $3
   order by a.id desc limit 100`,
);

/** The last hundred attempts to send an event, the newest first. */
export function selectAttempts(
  db: Db,
  merchantId: string,
  endpointId: string,
  seq: bigint,
): Promise<ListedAttempt[]> {
  return db.query<ListedAttempt>(listAttempts, [merchantId, endpointId, seq]);
}
