import { z } from 'zod';
import { fieldsOf, withFields } from '../../platform/http/merge.ts';
import { commandRoute, type Edge, type Route } from '../../platform/http/route.ts';
import { idIn } from '../../platform/http/shapes.ts';
import type { CardDesk } from './present.ts';
import * as shapes from './shapes.ts';
import { replaceCard, transferCard } from './succeed.ts';

const tag = 'Cards';
const cardParams = z.strictObject({ id: idIn('card') });

/** A retry may be shown the new secrets again for this long. */
const shownAgainMs = 24 * 3_600_000;

/** The verbs that make a new card out of an old one, whose secrets are shown once. */
export function successionRoutes(desk: CardDesk, clock: () => Date): readonly Route[] {
  const facts = { tag, params: cardParams, status: 201, answer: shapes.successionAnswer };
  const renew = ({ merchantId, idempotencyKey }: Edge) => desk.renew(merchantId, idempotencyKey ?? '');
  const finish = async (
    body: string,
    merchantId: string,
    input: { readonly idempotencyKey: string },
    replayed: boolean,
  ) => {
    const { hasPin, createdAt, sealVersion } = fieldsOf(body, made);
    const { code, pin } = desk.shown(merchantId, input.idempotencyKey, sealVersion);
    const late = replayed && clock().getTime() - Date.parse(createdAt) > shownAgainMs;
    return withFields(body, {
      hasPin: undefined,
      sealVersion: undefined,
      code: late ? null : code,
      pin: late || !hasPin ? null : pin,
    });
  };
  return [
    commandRoute({
      ...facts,
      path: '/v1/cards/:id/transfer',
      summary: 'Give a card, or part of what is on it, to another holder under a new code and PIN.',
      body: shapes.transferBody,
      useCase: transferCard,
      input: ({ params, body }, edge) => ({
        cardId: params.id,
        reason: body.reason,
        holder: body.holder,
        amount: body.amount,
        secrets: renew(edge),
        idempotencyKey: edge.idempotencyKey ?? '',
      }),
      finish,
    }),
    commandRoute({
      ...facts,
      path: '/v1/cards/:id/replace',
      summary: 'Put a new card in the place of a lost or faulty one.',
      body: shapes.replaceBody,
      useCase: replaceCard,
      input: ({ params, body }, edge) => ({
        cardId: params.id,
        reason: body.reason,
        holder: body.holder,
        amount: body.amount,
        secrets: renew(edge),
        idempotencyKey: edge.idempotencyKey ?? '',
      }),
      finish,
    }),
  ];
}

// Answers from before the version was kept are of the first one.
const made = z.object({ hasPin: z.boolean(), createdAt: z.string(), sealVersion: z.int().default(1) });
