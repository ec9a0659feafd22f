import { entity, finder } from '../../platform/executor/entity.ts';

/** A business with its own books, and nothing in common with any other on the same server. */
export type Merchant = {
  readonly id: string;
  readonly name: string;
  /** ISO 4217. What its programs are in unless they say otherwise. */
  readonly currency: string;
  /** IANA zone: where its days end. */
  readonly timezone: string;
  readonly createdAt: Date;
};

export const merchants = entity<Merchant>('merchant', (merchant) => merchant.id);
export const merchantById = finder(merchants, 'byId', (merchant) => [merchant.id]);
