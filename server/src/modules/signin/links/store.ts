import { type Db, statement } from '../../../platform/db/statement.ts';

/** What a one-time link is good for: to make the first owner, or to set a password anew, and with it all factors. */
export type LinkPurpose = 'first_owner' | 'password' | 'all_factors';

export type Link = { readonly purpose: LinkPurpose; readonly personId: string | null };

const voidLinks = statement(
  'signin.voidLinks',
  `delete from signin.link -- all merchants: persons are beyond them
   where used_at is null and person_id is not distinct from $1 and (purpose = 'first_owner') = ($1 is null)`,
);
const insertLink = statement(
  'signin.insertLink',
  `insert into signin.link (token_hash, purpose, person_id, expires_at) -- all merchants: persons are beyond them
   values ($1, $2, $3, $4)`,
);
const selectLink = statement(
  'signin.selectLink',
  `select purpose, person_id as "personId" from signin.link -- all merchants: persons are beyond them
   where token_hash = $1 and used_at is null and expires_at > $2`,
);
const useLink = statement(
  'signin.useLink',
  `update signin.link set used_at = $2 -- all merchants: persons are beyond them
   where token_hash = $1 and used_at is null and expires_at > $2`,
);
const useFirst = statement(
  'signin.useFirstOwnerLink',
  `update signin.link set used_at = $2 -- all merchants: there must be none
   where token_hash = $1 and purpose = 'first_owner' and used_at is null and expires_at > $2
     and not exists (select from merchants.merchant_view)`,
);
const anyMerchant = statement(
  'signin.anyMerchant',
  `select exists (select from merchants.merchant_view) as "isThere" -- all merchants: is there one`,
);

/** Keeps a link in the place of those before it, for the same person, or for the first owner. Run it for all merchants. */
export async function addLink(
  db: Db,
  hash: Buffer,
  { purpose, personId }: Link,
  expiresAt: Date,
): Promise<void> {
  await db.execute(voidLinks, [personId]);
  await db.execute(insertLink, [hash, purpose, personId, expiresAt]);
}

/** What a link is good for; undefined where it is used, expired or none. Run it for all merchants. */
export async function findLink(db: Db, hash: Buffer, now: Date): Promise<Link | undefined> {
  const [link] = await db.query<Link>(selectLink, [hash, now]);
  return link;
}

/** Takes a link, which can be taken once. Run it for all merchants. */
export async function takeLink(db: Db, hash: Buffer, now: Date): Promise<boolean> {
  return (await db.execute(useLink, [hash, now])) === 1;
}

/** Takes the first owner's link, while there is no merchant. Run it for all merchants. */
export async function takeFirstOwnerLink(db: Db, hash: Buffer, now: Date): Promise<boolean> {
  return (await db.execute(useFirst, [hash, now])) === 1;
}

/** Whether there is a merchant. Run it for all merchants. */
export async function hasMerchant(db: Db): Promise<boolean> {
  const [row] = await db.query<{ isThere: boolean }>(anyMerchant, []);
  return row?.isThere === true;
}
