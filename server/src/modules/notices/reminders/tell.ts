import { newId } from '../../../kernel/id.ts';
import type { Random } from '../../../kernel/random.ts';
import type { Pool } from '../../../platform/db/connection.ts';
import type { Db } from '../../../platform/db/statement.ts';
import type { Language, Vault } from '../../members/index.ts';
import { sealContent } from '../content.ts';
import type { Event } from '../notice.ts';
import { insert } from '../store.ts';
import { memberToRemind, type Reminded } from './store.ts';

export type Parts = {
  readonly readers: Pool;
  readonly writers: Pool;
  readonly clock: () => Date;
  readonly random: Random;
  readonly vault: Vault;
};

type ToMember = {
  readonly merchantId: string;
  readonly memberId: string;
  readonly occasion: string;
  readonly event: Event;
  readonly params: (language: Language) => Readonly<Record<string, string>>;
  readonly wants: (member: Reminded) => boolean;
};

/** The locale in which a notice of a language has its amounts. */
export const locales = { zh: 'zh-CN', en: 'en' } as const;

/** Queues a notice for a member, if they are there and want it. */
export async function tell({ clock, random, vault }: Parts, db: Db, message: ToMember): Promise<void> {
  const { merchantId, memberId, occasion, event, params, wants } = message;
  const member = await memberToRemind(db, merchantId, memberId);
  if (!member || !wants(member)) return;
  const now = clock();
  const id = newId(now, random);
  const { language } = member;
  const content = { to: null, params: params(language) };
  const sealedContent = sealContent(vault, merchantId, id, content, random);
  await insert(
    db,
    merchantId,
    { id, occasion, event, memberId, language, sealedContent, goodUntil: null },
    now,
  );
}
