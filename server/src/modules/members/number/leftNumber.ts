import { entity } from '../../../platform/executor/entity.ts';
import type { Language } from '../member.ts';

/** A number that its member has left, until it has been told so. */
export type LeftNumber = {
  /** The entry of the log that tells of the change. */
  readonly seq: bigint;
  readonly memberId: string;
  /** As it stood with the member, for whose row it is sealed. */
  readonly sealedPhone: Buffer;
  readonly language: Language;
  /** Whether the member has another number, or is part of another record now. */
  readonly why: 'changed' | 'merged';
};

export const leftNumbers = entity<LeftNumber>('leftNumber', ({ seq }) => String(seq), 'none');
