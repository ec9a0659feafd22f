import type { Refusal } from '../../kernel/outcome.ts';
import type { Random } from '../../kernel/random.ts';
import type { Pool } from '../../platform/db/connection.ts';
import type { Db } from '../../platform/db/statement.ts';
import type { UseCase } from '../../platform/executor/useCase.ts';
import type { Language } from './member.ts';
import type { Vault } from './vault.ts';

/** A message for somebody, as it is handed to what sends it. */
export type Message = {
  readonly id: string;
  /** What it is about, exactly: handed in twice, it is one message. */
  readonly occasion: string;
  readonly event: 'sign_in_code' | 'phone_change_code' | 'phone_changed' | 'member_merged';
  readonly memberId: string | null;
  readonly language: Language;
  readonly to: { readonly phone: string | null; readonly email: string | null };
  readonly params: Readonly<Record<string, string>>;
  readonly goodUntil: Date | null;
};

/** What members stand on: handed in where the program is put together. */
export type MemberParts = {
  readonly readers: Pool;
  readonly writers: Pool;
  readonly clock: () => Date;
  readonly random: Random;
  readonly vault: Vault;
  /** Has a use case decided as the wallet, which may do no more than a member may with what is theirs. */
  readonly asWallet: AsWallet;
  /** Queues a message in the caller's transaction. */
  readonly queue: (db: Db, merchantId: string, message: Message, now: Date) => Promise<void>;
};

export type AsWallet = <Input, Rows, Result>(
  merchantId: string,
  useCase: UseCase<Input, Rows, Result>,
  input: Input,
  replay?: Replay,
) => Promise<{ readonly body: string; readonly replayed: boolean } | { readonly refusal: Refusal }>;

/** By what a repeated request is known. */
export type Replay = { readonly idempotencyKey: string; readonly fingerprints: readonly Buffer[] };
