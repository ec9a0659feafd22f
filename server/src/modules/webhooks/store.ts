import { guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import { type Endpoint, endpointById, endpoints, everyEndpoint, type Resend, resends } from './endpoint.ts';

/** An endpoint's columns, for those that list them too. */
export const endpointColumns = `e.id, e.url, e.description, e.event_types as "eventTypes", e.state,
  e.disabled_reason as "disabledReason", e.secret_sealed as "secretSealed", e.previous_sealed as "previousSealed",
  e.previous_until as "previousUntil", e.from_seq as "fromSeq", e.created_at as "createdAt"`;
const endpointsById = statement(
  'webhooks.endpointsById',
  `select ${endpointColumns} from webhooks.endpoint e where e.merchant_id = $1 and e.id = any($2::uuid[])`,
);
const allEndpoints = statement(
  'webhooks.allEndpoints',
  `select ${endpointColumns} from webhooks.endpoint e where e.merchant_id = $1`,
);
// Lists of types come as JSON, since an array of arrays must be rectangular.
const typesOf = (column: string) =>
  `(select array_agg(t) from jsonb_array_elements_text(nullif(${column}, 'null')) as t)`;
const insertEndpoints = statement(
  'webhooks.insertEndpoints',
  `insert into webhooks.endpoint (merchant_id, id, url, description, event_types, state, disabled_reason, secret_sealed,
     previous_sealed, previous_until, from_seq, created_at)
   select $1, v.id, v.url, v.description, ${typesOf('v.types')}, v.state, v.disabled_reason, v.secret_sealed,
     v.previous_sealed, v.previous_until, v.from_seq, v.created_at
   from unnest($2::uuid[], $3::text[], $4::text[], $5::jsonb[], $6::text[], $7::text[], $8::bytea[], $9::bytea[],
     $10::timestamptz[], $11::bigint[], $12::timestamptz[]) as v(id, url, description, types, state, disabled_reason,
     secret_sealed, previous_sealed, previous_until, from_seq, created_at)`,
);
const updateEndpoints = guarded(
  'webhooks.updateEndpoints',
  `update webhooks.endpoint e set url = v.url, description = v.description, event_types = ${typesOf('v.types')},
     state = v.state, disabled_reason = v.disabled_reason, secret_sealed = v.secret_sealed,
     previous_sealed = v.previous_sealed, previous_until = v.previous_until
   from unnest($2::uuid[], $3::text[], $4::text[], $5::jsonb[], $6::text[], $7::text[], $8::bytea[], $9::bytea[],
     $10::timestamptz[], $11::text[], $12::text[], $13::bytea[]) as v(id, url, description, types, state, disabled_reason,
     secret_sealed, previous_sealed, previous_until, url_was, state_was, secret_was)
   where e.merchant_id = $1 and e.id = v.id and e.url = v.url_was and e.state = v.state_was
     and e.secret_sealed = v.secret_was`,
  'an endpoint is not as it was judged',
);

const partsOf = (rows: readonly Endpoint[]) => [
  rows.map((e) => e.id),
  rows.map((e) => e.url),
  rows.map((e) => e.description),
  rows.map((e) => JSON.stringify(e.eventTypes)),
  rows.map((e) => e.state),
  rows.map((e) => e.disabledReason),
  rows.map((e) => e.secretSealed),
  rows.map((e) => e.previousSealed),
  rows.map((e) => e.previousUntil),
];

const endpointSql = entitySql<Endpoint>(endpoints, {
  insert: (db, merchantId, rows) =>
    db.execute(insertEndpoints, [
      merchantId,
      ...partsOf(rows),
      rows.map((e) => e.fromSeq),
      rows.map((e) => e.createdAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateEndpoints, [
      merchantId,
      ...partsOf(updates.map(({ to }) => to)),
      updates.map(({ from }) => from.url),
      updates.map(({ from }) => from.state),
      updates.map(({ from }) => from.secretSealed),
      updates.length,
    ]),
  finds: [
    [endpointById, endpointsById],
    [everyEndpoint, (db, merchantId) => db.query<Endpoint>(allEndpoints, [merchantId])],
  ],
});

const insertResends = statement(
  'webhooks.insertResends',
  `insert into webhooks.resend (merchant_id, id, endpoint_id, next_seq, until_seq, since, until)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::timestamptz[], $7::timestamptz[]) as v`,
);

const resendSql = entitySql<Resend>(resends, {
  insert: (db, merchantId, rows) =>
    db.execute(insertResends, [
      merchantId,
      rows.map((r) => r.id),
      rows.map((r) => r.endpointId),
      rows.map((r) => r.nextSeq),
      rows.map((r) => r.untilSeq),
      rows.map((r) => r.since),
      rows.map((r) => r.until),
    ]),
  finds: [],
});

/** The tables of endpoints for the executor. */
export const webhooksSql = [endpointSql, resendSql];
