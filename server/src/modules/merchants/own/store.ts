import { type Db, guarded, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import {
  type Merchant,
  merchantById,
  merchants,
  type SlugOwner,
  slugOwner,
  slugOwners,
} from '../merchant.ts';

const merchantColumns = `merchant_id as id, name, currency, timezone, slug, contact_phone as "contactPhone",
  contact_email as "contactEmail", contact_address as "contactAddress", contact_website as "contactWebsite",
  terms_zh as "termsZh", terms_en as "termsEn", terms_version as "termsVersion", widget_origins as "widgetOrigins",
  created_at as "createdAt"`;
const selectMerchant = statement(
  'merchants.selectMerchant',
  `select ${merchantColumns} from merchants.merchant where merchant_id = $1`,
);
const selectMerchantBySlug = statement(
  'merchants.selectMerchantBySlug',
  `-- all merchants: the address of a public page says whose it is
   select ${merchantColumns} from merchants.merchant where slug = $1`,
);
const selectSlugOwner = statement(
  'merchants.selectSlugOwner',
  `-- all merchants: a slug is one merchant's alone
   select wanted as slug, owner as "merchantId"
   from unnest($1::text[]) as w(wanted) cross join lateral merchants.slug_owner(wanted) as owner where owner is not null`,
);
const insertMerchant = statement(
  'merchants.insertMerchant',
  `insert into merchants.merchant (merchant_id, name, currency, timezone, slug, created_at)
   select $1, v.name, v.currency, v.timezone, v.slug, v.created_at
   from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
     as v(name, currency, timezone, slug, created_at)`,
);
const updateMerchants = guarded(
  'merchants.updateMerchant',
  `update merchants.merchant set slug = $2, contact_phone = $3, contact_email = $4, contact_address = $5,
     contact_website = $6, terms_zh = $7, terms_en = $8, terms_version = $9, widget_origins = $10
   where merchant_id = $1 and slug = $11 and terms_version = $12`,
  'the merchant is not as it was judged',
);

type MerchantRow = Omit<Merchant, 'contact' | 'terms'> & {
  readonly contactPhone: string | null;
  readonly contactEmail: string | null;
  readonly contactAddress: string | null;
  readonly contactWebsite: string | null;
  readonly termsZh: string | null;
  readonly termsEn: string | null;
};

function merchantOf(row: MerchantRow): Merchant {
  const { contactPhone, contactEmail, contactAddress, contactWebsite, termsZh, termsEn, ...rest } = row;
  return {
    ...rest,
    contact: { phone: contactPhone, email: contactEmail, address: contactAddress, website: contactWebsite },
    terms: { zh: termsZh, en: termsEn },
  };
}

/** The merchant whose id this is; every API key has one. */
export async function readMerchant(db: Db, merchantId: string): Promise<Merchant | undefined> {
  const [row] = await db.query<MerchantRow>(selectMerchant, [merchantId]);
  return row && merchantOf(row);
}

/** The merchant that this slug names. Run it for all merchants: the one question that public pages ask first. */
export async function readMerchantBySlug(db: Db, slug: string): Promise<Merchant | undefined> {
  const [row] = await db.query<MerchantRow>(selectMerchantBySlug, [slug]);
  return row && merchantOf(row);
}

const merchantSql = entitySql<Merchant>(merchants, {
  insert: (db, merchantId, rows) =>
    db.execute(insertMerchant, [
      merchantId,
      rows.map((m) => m.name),
      rows.map((m) => m.currency),
      rows.map((m) => m.timezone),
      rows.map((m) => m.slug),
      rows.map((m) => m.createdAt),
    ]),
  update: (db, merchantId, updates) =>
    Promise.all(
      updates.map(({ from, to: { slug, contact, terms, termsVersion, widgetOrigins } }) => {
        const { phone, email, address, website } = contact;
        const said = [phone, email, address, website, terms.zh, terms.en, termsVersion, widgetOrigins];
        return db.execute(updateMerchants, [merchantId, slug, ...said, from.slug, from.termsVersion, 1]);
      }),
    ),
  finds: [
    [
      merchantById,
      async (db, merchantId) => (await db.query<MerchantRow>(selectMerchant, [merchantId])).map(merchantOf),
    ],
  ],
});

const slugSql = entitySql<SlugOwner>(slugOwners, {
  insert: () => Promise.reject(new Error('a slug is written with its merchant')),
  finds: [[slugOwner, (db, _merchantId, slugs) => db.query<SlugOwner>(selectSlugOwner, [slugs])]],
});

/** The merchant's own row, and whose a slug is, for the executor. */
export const merchantOwnSql = [merchantSql, slugSql];
