import { type Db, guarded, statement } from '../../platform/db/statement.ts';
import { entitySql } from '../../platform/executor/entitySql.ts';
import { type LimitsRow, limitsOf, limitsText } from '../people/index.ts';
import { type Invitation, invitationById, invitations } from './invitation.ts';

const columns = `i.id, i.name, i.login_hash as "loginHash", i.login_sealed as "loginSealed", i.login_masked as "loginMasked",
  i.role, i.role_id as "roleId", i.store_ids::text[] as "storeIds", i.regions, i.limits, i.token_hash as "tokenHash", i.state,
  i.invited_by as "invitedBy", i.staff_id as "staffId", i.created_at as "createdAt", i.expires_at as "expiresAt"`;
const byIds = statement(
  'invitations.byIds',
  `select ${columns} from invitations.invitation i where i.merchant_id = $1 and i.id = any($2::uuid[])`,
);
const page = statement(
  'invitations.page',
  `select ${columns} from invitations.invitation i
   where i.merchant_id = $1 and ($2::uuid is null or i.id < $2) order by i.id desc limit $3`,
);
const insert = statement(
  'invitations.insert',
  `insert into invitations.invitation (merchant_id, id, name, login_hash, login_sealed, login_masked, role, role_id, store_ids,
     regions, limits, token_hash, state, invited_by, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9::uuid[], $10::text[], $11::jsonb, $12, $13, $14, $15, $16)`,
);
const update = guarded(
  'invitations.update',
  `update invitations.invitation set state = $3, token_hash = $4, expires_at = $5, staff_id = $6
   where merchant_id = $1 and id = $2 and state = $7 and token_hash = $8`,
  'an invitation is not as judged',
);
const byToken = statement(
  'invitations.byToken',
  `select ${columns}, i.merchant_id as "merchantId", m.name as "merchantName"
   from invitations.invitation i -- all merchants: the link says whose it is
   join merchants.merchant_view m on m.merchant_id = i.merchant_id
   where i.token_hash = $1 and i.state = 'open' and i.expires_at > $2`,
);

type Row = Omit<Invitation, 'login' | 'storeIds' | 'regions' | 'limits'> & {
  readonly loginHash: Buffer | null;
  readonly loginSealed: Buffer | null;
  readonly loginMasked: string | null;
  readonly storeIds: readonly string[] | null;
  readonly regions: readonly string[] | null;
  readonly limits: LimitsRow;
};

function invitationOf({ loginHash, loginSealed, loginMasked, ...row }: Row): Invitation {
  const isBound = loginHash !== null && loginSealed !== null && loginMasked !== null;
  return {
    ...row,
    login: isBound ? { hash: loginHash, sealed: loginSealed, masked: loginMasked } : null,
    storeIds: row.storeIds && new Set(row.storeIds),
    regions: row.regions && new Set(row.regions),
    limits: limitsOf(row.limits),
  };
}

function insertOne(db: Db, merchantId: string, i: Invitation): Promise<number> {
  return db.execute(insert, [
    ...[merchantId, i.id, i.name, i.login?.hash ?? null, i.login?.sealed ?? null, i.login?.masked ?? null],
    ...[i.role, i.roleId, i.storeIds && [...i.storeIds], i.regions && [...i.regions], limitsText(i.limits)],
    ...[i.tokenHash, i.state, i.invitedBy, i.createdAt, i.expiresAt],
  ]);
}

const invitationSql = entitySql<Invitation>(invitations, {
  insert: (db, merchantId, rows) => Promise.all(rows.map((one) => insertOne(db, merchantId, one))),
  update: (db, merchantId, updates) =>
    Promise.all(
      updates.map(({ from, to }) => {
        const row = [merchantId, to.id, to.state, to.tokenHash, to.expiresAt, to.staffId];
        return db.execute(update, [...row, from.state, from.tokenHash, 1]);
      }),
    ),
  finds: [[invitationById, async (db, m, keys) => (await db.query<Row>(byIds, [m, keys])).map(invitationOf)]],
});

/** Invitations for the executor. */
export const invitationsSql = [invitationSql];

/** A merchant's invitations, the latest first. */
export async function listInvitations(
  db: Db,
  merchantId: string,
  before: string | null,
  limit: number,
): Promise<Invitation[]> {
  return (await db.query<Row>(page, [merchantId, before, limit])).map(invitationOf);
}

export type FoundInvitation = {
  readonly invitation: Invitation;
  readonly merchantId: string;
  readonly merchantName: string;
};

/** The open invitation that this link is of. Run it for all merchants. */
export async function findInvitation(
  db: Db,
  tokenHash: Buffer,
  now: Date,
): Promise<FoundInvitation | undefined> {
  const [row] = await db.query<Row & { merchantId: string; merchantName: string }>(byToken, [tokenHash, now]);
  if (!row) return undefined;
  const { merchantId, merchantName, ...rest } = row;
  return { invitation: invitationOf(rest), merchantId, merchantName };
}
