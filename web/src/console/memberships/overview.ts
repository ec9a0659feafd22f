import type { AnswerOf } from '../../api/client.ts';

/** What a member has by card type and tier, and what may be done. */
export type Overview = AnswerOf<'GET /v1/members/{id}/membership'>;

export type DialogProps = { readonly overview: Overview; readonly onClose: () => void };
