import { guarded, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import { type PassIssuer, passIssuerOf, passIssuers } from './issuer.ts';

const selectIssuer = statement(
  'wallet.selectPassIssuer',
  `select merchant_id as "merchantId", sealed, apple_until as "appleUntil", has_google as "hasGoogle", revision
   from wallet.pass_issuer where merchant_id = $1`,
);
const insertIssuer = statement(
  'wallet.insertPassIssuer',
  `insert into wallet.pass_issuer (merchant_id, sealed, apple_until, has_google, revision) values ($1, $2, $3, $4, $5)`,
);
const updateIssuer = guarded(
  'wallet.updatePassIssuer',
  `update wallet.pass_issuer set sealed = $2, apple_until = $3, has_google = $4, revision = $5
   where merchant_id = $1 and revision = $6`,
  'the keys of passes are not as judged',
);

const valuesOf = ({ sealed, appleUntil, hasGoogle, revision }: PassIssuer) => [
  sealed,
  appleUntil,
  hasGoogle,
  revision,
];

/** With what merchants sign passes, for the executor. */
export const passIssuerSql = entitySql<PassIssuer>(passIssuers, {
  insert: (db, merchantId, rows) =>
    Promise.all(rows.map((row) => db.execute(insertIssuer, [merchantId, ...valuesOf(row)]))),
  update: (db, merchantId, updates) =>
    Promise.all(
      updates.map(({ from, to }) =>
        db.execute(updateIssuer, [merchantId, ...valuesOf(to), from.revision, 1]),
      ),
    ),
  finds: [[passIssuerOf, (db, m) => db.query<PassIssuer>(selectIssuer, [m])]],
});
