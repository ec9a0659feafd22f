import { z } from 'zod';
import type { Random } from '../../kernel/random.ts';
import { fieldsOf } from '../../platform/http/merge.ts';
import type { Vault } from '../members/index.ts';
import type { Address } from './notice.ts';

/** What of a notice is personal: to whom, where they are no member yet, and what its words say. */
export type Content = {
  /** Null: to the member, wherever they are reached when it is sent. */
  readonly to: Address | null;
  readonly params: Readonly<Record<string, string>>;
};

const shape = z.object({
  to: z.object({ phone: z.string().nullable(), email: z.string().nullable() }).nullable(),
  params: z.record(z.string(), z.string()),
});

const place = (merchantId: string, id: string) => ({ merchantId, id, field: 'notice' });

/** Encrypts what is said to whom, for the one row that it stands in. */
export function sealContent(vault: Vault, merchantId: string, id: string, content: Content, random: Random) {
  return vault.seal(JSON.stringify(content), place(merchantId, id), random);
}

/** The same in clear. */
export function openContent(vault: Vault, merchantId: string, id: string, sealed: Buffer): Content {
  return fieldsOf(vault.open(sealed, place(merchantId, id)), shape);
}
