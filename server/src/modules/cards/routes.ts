import { z } from 'zod';
import { seqOf } from '../../kernel/id.ts';
import { commandRoute, type Edge, type Route } from '../../platform/http/route.ts';
import { idIn } from '../../platform/http/shapes.ts';
import { activateCards } from './activate.ts';
import { adjustCard } from './adjust.ts';
import { captureHold } from './captureHold.ts';
import { deactivateCard } from './deactivate.ts';
import { freezeCard } from './freeze.ts';
import { placeHold } from './placeHold.ts';
import type { CardDesk } from './present.ts';
import { extendCard, reactivateCard } from './prolong.ts';
import { redeemCard } from './redeem.ts';
import { refundRedemption } from './refund.ts';
import { releaseHold } from './releaseHold.ts';
import { reloadCard } from './reload.ts';
import { reverseByReference } from './reverse.ts';
import { quoteCards } from './sale/quote.ts';
import * as shapes from './shapes.ts';
import { successionRoutes } from './successionRoutes.ts';
import { unfreezeCard } from './unfreeze.ts';
import { unlockPin } from './unlockPin.ts';
import { verifyCard } from './verify.ts';
import { voidCard } from './void.ts';

const tag = 'Cards';
const cardParams = z.strictObject({ id: idIn('card') });
const holdParams = z.strictObject({ id: idIn('hold') });

type CodeIn = { readonly code: string; readonly pin?: string | undefined };

/** The verbs on cards. */
export function cardRoutes(desk: CardDesk, clock: () => Date): readonly Route[] {
  const presented = (body: CodeIn, edge: Edge) => desk.present(edge.merchantId, body.code, body.pin);
  return [
    ...paymentRoutes(presented),
    ...holdRoutes(presented),
    ...saleRoutes(desk),
    ...careRoutes(),
    ...successionRoutes(desk, clock),
  ];
}

type Presenting = (body: CodeIn, edge: Edge) => ReturnType<CardDesk['present']>;

function paymentRoutes(presented: Presenting): readonly Route[] {
  return [
    commandRoute({
      path: '/v1/verifications',
      tag,
      summary: 'Look a card up by its code. Changes nothing; the look-up is logged.',
      body: shapes.verificationBody,
      status: 200,
      answer: shapes.verificationAnswer,
      useCase: verifyCard,
      input: ({ body }, edge) => ({ presented: presented(body, edge), storeId: body.storeId }),
    }),
    commandRoute({
      path: '/v1/redemptions',
      tag,
      summary: 'Pay out of a card, wholly or in part.',
      body: shapes.redemptionBody,
      status: 201,
      answer: shapes.redemptionAnswerShape,
      useCase: redeemCard,
      input: ({ body: { code, pin, ...rest } }, edge) => ({
        ...rest,
        presented: presented({ code, pin }, edge),
      }),
    }),
    commandRoute({
      path: '/v1/redemptions/:id/refunds',
      tag,
      summary: 'Give part or all of a redemption back to the card.',
      params: z.strictObject({ id: idIn('red') }),
      body: shapes.refundBody,
      status: 201,
      answer: shapes.refundAnswer,
      useCase: refundRedemption,
      input: ({ params, body }) => ({
        ...body,
        redemptionId: params.id,
        redemptionSeq: seqOf(params.id) ?? 0n,
      }),
    }),
    commandRoute({
      path: '/v1/reversals',
      tag,
      summary: 'Undo what was asked for under a reference and never answered.',
      body: shapes.reversalBody,
      status: 201,
      answer: shapes.reversalAnswer,
      useCase: reverseByReference,
      input: ({ body }) => body,
    }),
  ];
}

function holdRoutes(presented: Presenting): readonly Route[] {
  return [
    commandRoute({
      path: '/v1/holds',
      tag,
      summary: 'Reserve an amount on a card.',
      body: shapes.holdBody,
      status: 201,
      answer: shapes.holdAnswer,
      useCase: placeHold,
      input: ({ body: { code, pin, ...rest } }, edge) => ({
        ...rest,
        presented: presented({ code, pin }, edge),
      }),
    }),
    commandRoute({
      path: '/v1/holds/:id/capture',
      tag,
      summary: 'Take what a hold reserved, whole or in part; the rest is let go of.',
      params: holdParams,
      body: shapes.captureBody,
      status: 201,
      answer: shapes.captureAnswer,
      useCase: captureHold,
      input: ({ params, body }) => ({ holdId: params.id, amount: body.amount }),
    }),
    commandRoute({
      path: '/v1/holds/:id/release',
      tag,
      summary: 'Let go of a hold.',
      params: holdParams,
      body: shapes.noBody,
      status: 200,
      answer: shapes.releaseAnswer,
      useCase: releaseHold,
      input: ({ params }) => ({ holdId: params.id }),
    }),
  ];
}

function serialsOf({ from, to }: { readonly from: bigint; readonly to: bigint }): readonly bigint[] {
  const serials: bigint[] = [];
  for (let serial = from; serial <= to; serial++) serials.push(serial);
  return serials;
}

function saleRoutes(desk: CardDesk): readonly Route[] {
  return [
    commandRoute({
      path: '/v1/cards/activate',
      tag,
      summary: 'Sell cards: one, a list, or a range of serial numbers.',
      body: shapes.activateBody,
      status: 200,
      answer: shapes.activationAnswer,
      useCase: activateCards,
      input: ({ body: { cards, range, storeId, payment, allOrNone } }, { merchantId }) => ({
        named: range
          ? serialsOf(range).map((serial) => ({ serial }))
          : (cards ?? []).map((card) =>
              'serial' in card
                ? { serial: card.serial, holder: card.holder }
                : { code: desk.present(merchantId, card.code, undefined), holder: card.holder },
            ),
        storeId,
        payment,
        allOrNone,
      }),
    }),
    commandRoute({
      path: '/v1/activation-quotes',
      tag,
      summary: 'What cards would cost if they were sold now, by serial numbers. Changes nothing.',
      body: shapes.quoteBody,
      status: 200,
      answer: shapes.quoteAnswer,
      useCase: quoteCards,
      input: ({ body: { cards, range, storeId } }) => ({
        named: range ? serialsOf(range).map((serial) => ({ serial })) : (cards ?? []),
        storeId,
      }),
    }),
    commandRoute({
      path: '/v1/cards/:id/deactivate',
      tag,
      summary: 'Undo an activation, before first use.',
      params: cardParams,
      body: shapes.reasonBody,
      status: 200,
      answer: shapes.verbAnswer,
      useCase: deactivateCard,
      input: ({ params, body }) => ({ cardId: params.id, reason: body.reason }),
    }),
    commandRoute({
      path: '/v1/cards/:id/reload',
      tag,
      summary: 'Put more money on a card.',
      params: cardParams,
      body: shapes.reloadBody,
      status: 201,
      answer: shapes.movedAnswer,
      useCase: reloadCard,
      input: ({ params, body }) => ({ ...body, cardId: params.id }),
    }),
    commandRoute({
      path: '/v1/cards/:id/adjust',
      tag,
      summary: "Correct a balance at the merchant's own cost or gain.",
      params: cardParams,
      body: shapes.adjustBody,
      status: 201,
      answer: shapes.movedAnswer,
      useCase: adjustCard,
      input: ({ params, body }) => ({ ...body, cardId: params.id }),
    }),
  ];
}

function careRoutes(): readonly Route[] {
  const facts = { tag, params: cardParams, status: 200, answer: shapes.verbAnswer };
  const input = ({ params, body }: { params: { id: string }; body: { reason: string } }) => ({
    cardId: params.id,
    reason: body.reason,
  });
  return [
    commandRoute({
      ...facts,
      path: '/v1/cards/:id/freeze',
      summary: 'Stop a card that is lost or suspicious.',
      body: shapes.freezeBody,
      useCase: freezeCard,
      input: ({ params, body }) => ({ ...body, cardId: params.id }),
    }),
    commandRoute({
      ...facts,
      path: '/v1/cards/:id/unfreeze',
      summary: 'Let a frozen card be used again.',
      body: shapes.reasonBody,
      useCase: unfreezeCard,
      input,
    }),
    commandRoute({
      ...facts,
      path: '/v1/cards/:id/extend',
      summary: 'Move the end of a card that is still valid.',
      body: shapes.prolongBody,
      useCase: extendCard,
      input: ({ params, body }) => ({ cardId: params.id, until: body.until, reason: body.reason }),
    }),
    commandRoute({
      ...facts,
      path: '/v1/cards/:id/reactivate',
      summary: 'Make an expired card valid again.',
      body: shapes.prolongBody,
      useCase: reactivateCard,
      input: ({ params, body }) => ({ cardId: params.id, until: body.until, reason: body.reason }),
    }),
    commandRoute({
      ...facts,
      path: '/v1/cards/:id/void',
      summary: 'End a card for ever.',
      body: shapes.reasonBody,
      useCase: voidCard,
      input,
    }),
    commandRoute({
      ...facts,
      path: '/v1/cards/:id/unlock-pin',
      summary: 'Let the PIN be tried again.',
      body: shapes.reasonBody,
      useCase: unlockPin,
      input,
    }),
  ];
}
