import { encodeId } from '../../kernel/id.ts';
import { entity, finder } from '../../platform/executor/entity.ts';

/** A business with its own books, and nothing in common with any other on the same server. */
export type Merchant = {
  readonly id: string;
  readonly name: string;
  /** ISO 4217. What its programs are in unless they say otherwise. */
  readonly currency: string;
  /** IANA zone: where its days end. */
  readonly timezone: string;
  /** Its name in the address of its public pages; no two merchants of a server have the same. */
  readonly slug: string;
  readonly contact: Contact;
  readonly terms: { readonly zh: string | null; readonly en: string | null };
  /** Goes up with each change of the terms. */
  readonly termsVersion: number;
  /** Whose pages may look up cards of this merchant: scheme, host and port, as browsers write them. */
  readonly widgetOrigins: readonly string[];
  readonly createdAt: Date;
};

/** How customers reach it. */
export type Contact = {
  readonly phone: string | null;
  readonly email: string | null;
  readonly address: string | null;
  readonly website: string | null;
};

export const merchants = entity<Merchant>('merchant', (merchant) => merchant.id);
export const merchantById = finder(merchants, 'byId', (merchant) => [merchant.id]);

/** Which merchant has a slug, also where that is another one. Read only: it is written with the merchant. */
export type SlugOwner = { readonly slug: string; readonly merchantId: string };
export const slugOwners = entity<SlugOwner>('slugOwner', (owner) => owner.slug, 'none');
export const slugOwner = finder(slugOwners, 'bySlug', (owner) => [owner.slug]);

export const slugForm = /^[a-z0-9]+(-[a-z0-9]+)*$/;
export const slugLengthMax = 60;

/** The first slug of a merchant: its name as far as that is ASCII, and enough of its id to be nobody else's. */
export function slugFor(name: string, merchantId: string): string {
  const words = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return `${words === '' ? 'm' : words}-${encodeId('mer', merchantId).slice(-8)}`;
}

/** A merchant as the API shows it. */
export function merchantAnswer({ id, createdAt, ...merchant }: Merchant) {
  const { name, currency, timezone, slug, contact, terms, termsVersion, widgetOrigins } = merchant;
  return {
    id: encodeId('mer', id),
    name,
    currency,
    timezone,
    slug,
    contact,
    terms,
    termsVersion,
    widgetOrigins,
    createdAt: createdAt.toISOString(),
  };
}
