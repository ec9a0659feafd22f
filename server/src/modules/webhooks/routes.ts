import { encodeId, seqOf } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import type { Random } from '../../kernel/random.ts';
import type { KeyRing } from '../../platform/config/keys.ts';
import { seal } from '../../platform/crypto/seal.ts';
import { withFields } from '../../platform/http/merge.ts';
import { page } from '../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../platform/http/route.ts';
import { pageOf } from '../../platform/http/shapes.ts';
import type { Networks } from '../../platform/outbound/networks.ts';
import { unfitUrl } from '../../platform/outbound/post.ts';
import { beyondScope } from '../merchants/index.ts';
import { createEndpoint } from './createEndpoint.ts';
import { endpointAnswer } from './endpoint.ts';
import { eventTypes, eventTypeWords } from './events.ts';
import { eventIdOf, secretContext, secretText } from './message.ts';
import {
  type ListedDelivery,
  type ListedEndpoint,
  selectAttempts,
  selectDeliveries,
  selectEndpoints,
} from './reading/store.ts';
import { resendEvents } from './resend.ts';
import { rotateSecret } from './rotateSecret.ts';
import {
  attemptList,
  byEvent,
  byId,
  createBody,
  deliveryQuery,
  deliveryShape,
  endpointQuery,
  endpointShape,
  endpointWithSecret,
  eventTypeList,
  listedEndpoint,
  resendAnswer,
  resendBody,
  rotateBody,
  testAnswer,
  updateBody,
} from './shapes.ts';
import { testEndpoint } from './testEndpoint.ts';
import { updateEndpoint } from './updateEndpoint.ts';

const tag = 'Webhooks';
const secretBytes = 32;
const newest = 2n ** 62n;

export type WebhookRouteParts = {
  readonly random: Random;
  readonly sealKeys: () => KeyRing;
  /** Networks that are no public ones but may be called. */
  readonly allowed: Networks;
};

/** Endpoints, their secrets, trials and what is sent again. */
function commandsOf({ random, sealKeys, allowed }: WebhookRouteParts): readonly Route[] {
  const newSecret = (merchantId: string) => {
    const secret = random(secretBytes);
    return {
      text: secretText(secret),
      secretSealed: seal(sealKeys(), secret, secretContext(merchantId), random),
    };
  };
  return [
    commandRoute({
      path: '/v1/webhook-endpoints',
      tag,
      summary: 'Add an endpoint that news is sent to; its secret is shown this once',
      status: 201,
      body: createBody,
      answer: endpointWithSecret,
      useCase: createEndpoint,
      input: ({ body: { url, description = null, eventTypes = null } }, { merchantId }) => ({
        url,
        description,
        eventTypes,
        unfit: unfitUrl(url, allowed),
        ...newSecret(merchantId),
      }),
      finish: async (body, _merchantId, { text }, replayed) =>
        withFields(body, { secret: replayed ? null : text }),
    }),
    commandRoute({
      method: 'PATCH',
      path: '/v1/webhook-endpoints/:id',
      tag,
      summary: 'Change an endpoint, rest it, or set it to work again: it then gets what it missed',
      status: 200,
      params: byId,
      body: updateBody,
      answer: endpointShape,
      useCase: updateEndpoint,
      input: ({ params, body }) => ({
        id: params.id,
        ...body,
        unfit: body.url === undefined ? undefined : unfitUrl(body.url, allowed),
      }),
    }),
    commandRoute({
      path: '/v1/webhook-endpoints/:id/rotate-secret',
      tag,
      summary: 'Give an endpoint a new secret; both sign for a while',
      status: 200,
      params: byId,
      body: rotateBody,
      answer: endpointWithSecret,
      useCase: rotateSecret,
      input: ({ params, body }, { merchantId }) => ({ id: params.id, ...body, ...newSecret(merchantId) }),
      finish: async (body, _merchantId, { text }, replayed) =>
        withFields(body, { secret: replayed ? null : text }),
    }),
    commandRoute({
      path: '/v1/webhook-endpoints/:id/test',
      tag,
      summary: 'Send an endpoint a trial event',
      status: 202,
      params: byId,
      answer: testAnswer,
      useCase: testEndpoint,
      input: ({ params }) => params,
    }),
    commandRoute({
      path: '/v1/webhook-endpoints/:id/resend',
      tag,
      summary: 'Send an event, or all of a time, once more',
      status: 202,
      params: byId,
      body: resendBody,
      answer: resendAnswer,
      useCase: resendEvents,
      input: ({ params, body }) => ({ id: params.id, ...body }),
    }),
  ];
}

const readings: readonly Route[] = [
  readRoute({
    path: '/v1/webhook-event-types',
    tag,
    summary: 'Every kind of news, with what its data show besides who, where and how much',
    permission: 'webhooks.read',
    answer: eventTypeList,
    read: async () => ({
      items: eventTypeWords.map((type) => ({ type, details: eventTypes[type].details })),
    }),
  }),
  readRoute({
    path: '/v1/webhook-endpoints',
    tag,
    summary: 'List endpoints and how they are, oldest first',
    permission: 'webhooks.read',
    query: endpointQuery,
    answer: pageOf(listedEndpoint),
    async read(db, { query: { cursor = '', limit } }, { merchantId, actor }) {
      // News is of all stores: a key that is limited to some sees no endpoint.
      const all = beyondScope(actor, null) ? [] : await selectEndpoints(db, merchantId, null);
      const rows = all.filter(({ id }) => id > cursor);
      return page(rows, limit, listed, ({ id }) => encodeId('wep', id));
    },
  }),
  readRoute({
    path: '/v1/webhook-endpoints/:id',
    tag,
    summary: 'Read an endpoint',
    permission: 'webhooks.read',
    params: byId,
    answer: listedEndpoint,
    async read(db, { params }, { merchantId, actor }) {
      const [found] = beyondScope(actor, null) ? [] : await selectEndpoints(db, merchantId, params.id);
      return found ? listed(found) : refused('webhook_endpoint_not_found');
    },
  }),
  readRoute({
    path: '/v1/webhook-endpoints/:id/deliveries',
    tag,
    summary: 'What was or is to be sent to an endpoint, the newest first; kept for 30 days',
    permission: 'webhooks.read',
    params: byId,
    query: deliveryQuery,
    answer: pageOf(deliveryShape),
    async read(db, { params, query }, { merchantId, actor }) {
      const [found] = beyondScope(actor, null) ? [] : await selectEndpoints(db, merchantId, params.id);
      if (!found) return refused('webhook_endpoint_not_found');
      const rows = await selectDeliveries(db, merchantId, params.id, {
        beforeSeq: query.cursor === undefined ? newest : (seqOf(query.cursor) ?? 0n),
        states: query.state === 'waiting' ? ['waiting', 'sending'] : query.state ? [query.state] : null,
        type: query.type ?? null,
        limit: query.limit + 1,
      });
      return page(rows, query.limit, deliveryAnswer, eventIdOf);
    },
  }),
  readRoute({
    path: '/v1/webhook-endpoints/:id/deliveries/:eventId',
    tag,
    summary: 'What was sent for one event and what came back, the newest first',
    permission: 'webhooks.read',
    params: byEvent,
    answer: attemptList,
    async read(db, { params }, { merchantId, actor }) {
      const [found] = beyondScope(actor, null) ? [] : await selectEndpoints(db, merchantId, params.id);
      if (!found) return refused('webhook_endpoint_not_found');
      const attempts = await selectAttempts(db, merchantId, params.id, seqOf(params.eventId) ?? 0n);
      return { items: attempts.map((one) => ({ ...one, at: one.at.toISOString() })) };
    },
  }),
];

/** Webhooks: a merchant's news, sent as Standard Webhooks. */
export function webhookRoutes(parts: WebhookRouteParts): readonly Route[] {
  return [...commandsOf(parts), ...readings];
}

function listed(endpoint: ListedEndpoint) {
  const { failingSince, waiting, dead } = endpoint;
  return { ...endpointAnswer(endpoint), failingSince: failingSince?.toISOString() ?? null, waiting, dead };
}

function deliveryAnswer(row: ListedDelivery) {
  const { type, occurredAt, state, tries, dueAt, lastAt, lastStatus, lastFailure } = row;
  const ended = state === 'delivered' || state === 'dead';
  return {
    eventId: eventIdOf(row),
    type,
    occurredAt: occurredAt.toISOString(),
    state: ended ? state : 'waiting',
    tries,
    nextAt: ended ? null : dueAt.toISOString(),
    lastAt: lastAt?.toISOString() ?? null,
    lastStatus,
    lastFailure,
  };
}
