import type { AnswerOf } from '../../api/client.ts';

/** A card that was recognised, and the code it was recognised by: the code stays in memory and nowhere else. */
export type Found = { readonly code: string; readonly card: AnswerOf<'POST /v1/verifications'> };
