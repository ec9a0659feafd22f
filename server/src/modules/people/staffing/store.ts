import { type Db, guarded, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import { type DayUse, dayUseById, dayUses } from '../limits/dayUse.ts';
import { type LimitsRow, limitsOf, limitsText } from '../limits/limits.ts';
import { isPermission } from '../permissions.ts';
import { allRoles, type OwnRole, ownRoles, roleById } from '../roles/role.ts';
import { allStaff, type Staff, staff, staffById } from '../staff.ts';

const staffColumns = `id, name, role, role_id as "roleId", person_id as "personId", login, state,
  store_ids::text[] as "storeIds", regions, limits, created_at as "createdAt"`;
const staffByIds = statement(
  'people.staffByIds',
  `select ${staffColumns} from people.staff where merchant_id = $1 and id = any($2::uuid[])`,
);
const everyStaff = statement(
  'people.everyStaff',
  `select ${staffColumns} from people.staff where merchant_id = $1`,
);
const selectStaff = statement(
  'people.selectStaff',
  `select ${staffColumns} from people.staff
   where merchant_id = $1 and ($2::uuid is null or id > $2) order by id limit $3`,
);
const insertStaff = statement(
  'people.insertStaff',
  `insert into people.staff (merchant_id, id, name, role, role_id, person_id, login, state, store_ids, regions, limits, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9::uuid[], $10::text[], $11::jsonb, $12)`,
);
const updateStaff = guarded(
  'people.updateStaff',
  `update people.staff set name = $3, role = $4, role_id = $5, person_id = $6, login = $7, state = $8,
     store_ids = $9::uuid[], regions = $10::text[], limits = $11::jsonb
   where merchant_id = $1 and id = $2 and name = $12 and role is not distinct from $13
     and role_id is not distinct from $14 and person_id is not distinct from $15 and state = $16
     and store_ids is not distinct from $17::uuid[] and regions is not distinct from $18::text[] and limits = $19::jsonb`,
  'a member of staff is not as judged',
);

export type StaffRow = Omit<Staff, 'storeIds' | 'regions' | 'limits'> & {
  readonly storeIds: readonly string[] | null;
  readonly regions: readonly string[] | null;
  readonly limits: LimitsRow;
};

export function staffOf({ storeIds, regions, limits, ...row }: StaffRow): Staff {
  return {
    ...row,
    storeIds: storeIds === null ? null : new Set(storeIds),
    regions: regions === null ? null : new Set(regions),
    limits: limitsOf(limits),
  };
}

const listOf = (set: ReadonlySet<string> | null) => (set === null ? null : [...set]);

function insertOne(db: Db, merchantId: string, s: Staff): Promise<number> {
  const { id, name, role, roleId, personId, login, state, createdAt } = s;
  const scope = [listOf(s.storeIds), listOf(s.regions), limitsText(s.limits)];
  return db.execute(insertStaff, [
    ...[merchantId, id, name, role, roleId, personId, login, state],
    ...[...scope, createdAt],
  ]);
}

function updateOne(db: Db, merchantId: string, from: Staff, to: Staff): Promise<number> {
  return db.execute(updateStaff, [
    ...[merchantId, to.id, to.name, to.role, to.roleId, to.personId, to.login, to.state],
    ...[listOf(to.storeIds), listOf(to.regions), limitsText(to.limits)],
    ...[from.name, from.role, from.roleId, from.personId, from.state],
    ...[listOf(from.storeIds), listOf(from.regions), limitsText(from.limits), 1],
  ]);
}

/** A merchant's staff, in the order they came. */
export async function listStaff(
  db: Db,
  merchantId: string,
  after: string | null,
  limit: number,
): Promise<Staff[]> {
  return (await db.query<StaffRow>(selectStaff, [merchantId, after, limit])).map(staffOf);
}

/** A member of staff. */
export async function readStaff(db: Db, merchantId: string, id: string): Promise<Staff | undefined> {
  const [row] = await db.query<StaffRow>(staffByIds, [merchantId, [id]]);
  return row && staffOf(row);
}

// One statement each: arrays of arrays must be of one length in PostgreSQL, and staff come and change one at a time.
const staffSql = entitySql<Staff>(staff, {
  insert: (db, merchantId, rows) => Promise.all(rows.map((one) => insertOne(db, merchantId, one))),
  update: (db, merchantId, updates) =>
    Promise.all(updates.map(({ from, to }) => updateOne(db, merchantId, from, to))),
  finds: [
    [staffById, async (db, m, keys) => (await db.query<StaffRow>(staffByIds, [m, keys])).map(staffOf)],
    [allStaff, async (db, m) => (await db.query<StaffRow>(everyStaff, [m])).map(staffOf)],
  ],
});

const roleColumns = `id, name, permissions, created_at as "createdAt"`;
const rolesById = statement(
  'people.rolesById',
  `select ${roleColumns} from people.role where merchant_id = $1 and id = any($2::uuid[])`,
);
const everyRole = statement(
  'people.everyRole',
  `select ${roleColumns} from people.role where merchant_id = $1 order by id`,
);
const insertRole = statement(
  'people.insertRole',
  `insert into people.role (merchant_id, id, name, permissions, created_at) values ($1, $2, $3, $4::text[], $5)`,
);
const updateRole = guarded(
  'people.updateRole',
  `update people.role set name = $3, permissions = $4::text[]
   where merchant_id = $1 and id = $2 and name = $5 and permissions = $6::text[]`,
  'a role is not as judged',
);

type RoleRow = Omit<OwnRole, 'permissions'> & { readonly permissions: readonly string[] };

function roleOf({ permissions, ...row }: RoleRow): OwnRole {
  return { ...row, permissions: new Set(permissions.filter(isPermission)) };
}

/** A merchant's own roles, oldest first. */
export async function listRoles(db: Db, merchantId: string): Promise<OwnRole[]> {
  return (await db.query<RoleRow>(everyRole, [merchantId])).map(roleOf);
}

const roleSql = entitySql<OwnRole>(ownRoles, {
  insert: (db, merchantId, rows) =>
    Promise.all(
      rows.map(({ id, name, permissions, createdAt }) =>
        db.execute(insertRole, [merchantId, id, name, [...permissions], createdAt]),
      ),
    ),
  update: (db, merchantId, updates) =>
    Promise.all(
      updates.map(({ from, to }) => {
        const words = [[...to.permissions], from.name, [...from.permissions]];
        return db.execute(updateRole, [merchantId, to.id, to.name, ...words, 1]);
      }),
    ),
  finds: [
    [roleById, async (db, m, keys) => (await db.query<RoleRow>(rolesById, [m, keys])).map(roleOf)],
    [allRoles, (db, m) => listRoles(db, m)],
  ],
});

const dayUsesById = statement(
  'people.dayUsesById',
  `select id, day, used from people.day_use where merchant_id = $1 and id = any($2::text[])`,
);
const insertDayUses = statement(
  'people.insertDayUses',
  `insert into people.day_use (merchant_id, id, day, used)
   select $1, v.* from unnest($2::text[], $3::date[], $4::bigint[]) as v`,
);
const updateDayUses = guarded(
  'people.updateDayUses',
  `update people.day_use u set day = v.day, used = v.used
   from unnest($2::text[], $3::date[], $4::bigint[], $5::date[], $6::bigint[]) as v(id, day, used, day_was, used_was)
   where u.merchant_id = $1 and u.id = v.id and u.day = v.day_was and u.used = v.used_was`,
  'an allowance was taken meanwhile',
);

const dayUseSql = entitySql<DayUse>(dayUses, {
  insert: (db, merchantId, rows) =>
    db.execute(insertDayUses, [
      merchantId,
      rows.map(({ id }) => id),
      rows.map(({ day }) => day),
      rows.map(({ used }) => used),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateDayUses, [
      merchantId,
      updates.map(({ to }) => to.id),
      updates.map(({ to }) => to.day),
      updates.map(({ to }) => to.used),
      updates.map(({ from }) => from.day),
      updates.map(({ from }) => from.used),
      updates.length,
    ]),
  finds: [[dayUseById, (db, m, keys) => db.query<DayUse>(dayUsesById, [m, keys])]],
});

/** Staff, their roles and what of their allowances is taken, for the executor. */
export const staffingSql = [staffSql, roleSql, dayUseSql];
