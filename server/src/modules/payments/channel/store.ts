import { type Db, guarded, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import { everyPaymentChannel, type PaymentChannel, paymentChannelById, paymentChannels } from './channel.ts';

const columns = `c.id, c.kind, c.name, c.store_id as "storeId", c.currency, c.account, c.base_url as "baseUrl",
  c.public_url as "publicUrl", c.late_rule as "lateRule", c.credentials, c.state, c.created_at as "createdAt"`;
const byId = statement(
  'payments.channelsById',
  `select ${columns} from payments.channel c where c.merchant_id = $1 and c.id = any($2::uuid[])`,
);
const all = statement(
  'payments.channels',
  `select ${columns} from payments.channel c where c.merchant_id = $1 order by c.id`,
);
const insert = statement(
  'payments.insertChannels',
  `insert into payments.channel (merchant_id, id, kind, name, store_id, currency, account, base_url, public_url, late_rule,
     credentials, state, created_at)
   select $1, v.* from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[],
     $10::text[], $11::bytea[], $12::text[], $13::timestamptz[]) as v`,
);
const update = guarded(
  'payments.updateChannels',
  `update payments.channel c set name = v.name, late_rule = v.late_rule, credentials = v.credentials, state = v.state
   from unnest($2::uuid[], $3::text[], $4::text[], $5::bytea[], $6::text[], $7::bytea[], $8::text[])
     as v(id, name, late_rule, credentials, state, credentials_were, state_was)
   where c.merchant_id = $1 and c.id = v.id and c.credentials = v.credentials_were and c.state = v.state_was`,
  'a payment channel is not as it was judged',
);

export const channelSql = entitySql<PaymentChannel>(paymentChannels, {
  insert: (db, merchantId, rows) =>
    db.execute(insert, [
      merchantId,
      rows.map((c) => c.id),
      rows.map((c) => c.kind),
      rows.map((c) => c.name),
      rows.map((c) => c.storeId),
      rows.map((c) => c.currency),
      rows.map((c) => c.account),
      rows.map((c) => c.baseUrl),
      rows.map((c) => c.publicUrl),
      rows.map((c) => c.lateRule),
      rows.map((c) => c.credentials),
      rows.map((c) => c.state),
      rows.map((c) => c.createdAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(update, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.name),
      updates.map(({ to }) => to.lateRule),
      updates.map(({ to }) => to.credentials),
      updates.map(({ to }) => to.state),
      updates.map(({ from }) => from.credentials),
      updates.map(({ from }) => from.state),
      updates.length,
    ]),
  finds: [
    [paymentChannelById, byId],
    [everyPaymentChannel, (db, merchantId) => db.query<PaymentChannel>(all, [merchantId])],
  ],
});

/** All channels of a merchant; there are a few. */
export function listPaymentChannels(db: Db, merchantId: string): Promise<PaymentChannel[]> {
  return db.query<PaymentChannel>(all, [merchantId]);
}

export async function readPaymentChannel(
  db: Db,
  merchantId: string,
  id: string,
): Promise<PaymentChannel | undefined> {
  const [channel] = await db.query<PaymentChannel>(byId, [merchantId, [id]]);
  return channel;
}
