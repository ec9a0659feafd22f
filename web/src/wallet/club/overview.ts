import type { AnswerOf } from '../../api/client.ts';

/** What the house tells me of my card, my tier and my way to the next. */
export type Overview = AnswerOf<'GET /v1/wallet/{slug}/membership'>;
