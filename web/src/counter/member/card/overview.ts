import type { AnswerOf } from '../../../api/client.ts';

/** What a member has of card types, what it may lead to, and what may be done. */
export type Overview = AnswerOf<'GET /v1/members/{id}/membership'>;
