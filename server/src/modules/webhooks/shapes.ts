import { z } from 'zod';
import { idIn, idOut, instant, pageQuery, textIn } from '../../platform/http/shapes.ts';
import { eventTypeWords, testType } from './events.ts';

export const byId = z.strictObject({ id: idIn('wep') });
const url = z
  .string()
  .min(1)
  .max(2_000)
  .meta({ description: 'https, port 443 or 8443, at a public address.' });
const description = textIn(200);
const eventType = z.enum(eventTypeWords);
const eventTypes = z
  .array(eventType)
  .min(1)
  .max(eventTypeWords.length)
  .nullable()
  .meta({ description: 'null: all, also those that later versions add.' });
const state = z.enum(['active', 'disabled']);

export const createBody = z.strictObject({
  url,
  description: description.nullish(),
  eventTypes: eventTypes.optional(),
});
export const updateBody = z
  .strictObject({
    url: url.optional(),
    description: description.nullable().optional(),
    eventTypes: eventTypes.optional(),
    state: state.optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'must change something');
export const rotateBody = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(604_800)
    .default(86_400)
    .meta({ description: 'For how long messages carry the old signature too; a day if left out.' }),
});
const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
export const resendBody = z
  .strictObject({ eventId: idIn('act').optional(), since: time.optional(), until: time.optional() })
  .refine(({ eventId, since, until }) => eventId ?? since ?? until, {
    message: 'give an event or a time',
    path: ['eventId'],
  });

const facts = {
  id: idOut('wep'),
  url: z.string(),
  description: z.string().nullable(),
  eventTypes: z.array(z.string()).nullable(),
  state,
  disabledReason: z
    .enum(['by_hand', 'gone', 'failing'])
    .nullable()
    .meta({ description: 'gone: it answered 410; failing: nothing got there for three days.' }),
  previousSecretUntil: instant.nullable(),
  createdAt: instant,
};
export const endpointShape = z.object(facts);
export const endpointWithSecret = z.object({
  ...facts,
  secret: z.string().nullable().meta({
    description:
      'whsec_…, what messages are signed with. null in the answer to a repeated request: it is shown once.',
  }),
});
export const listedEndpoint = z.object({
  ...facts,
  failingSince: instant.nullable().meta({ description: 'The first failure after the last success.' }),
  waiting: z.int(),
  dead: z.int().meta({ description: 'Given up after about a day; send them again when all is well.' }),
});
export const endpointQuery = z.strictObject({ cursor: idIn('wep').optional(), limit: pageQuery.limit });
export const testAnswer = z.object({ eventId: idOut('act') });
export const resendAnswer = z.object({ status: z.literal('queued') });

const deliveryState = z.enum(['waiting', 'delivered', 'dead']);
export const deliveryQuery = z.strictObject({
  cursor: idIn('act').optional(),
  limit: pageQuery.limit,
  state: deliveryState.optional(),
  type: z.enum([...eventTypeWords, testType]).optional(),
});
export const deliveryShape = z.object({
  eventId: idOut('act'),
  type: z.string(),
  occurredAt: instant,
  state: deliveryState,
  tries: z.int(),
  nextAt: instant.nullable(),
  lastAt: instant.nullable(),
  lastStatus: z.int().nullable(),
  lastFailure: z.string().nullable(),
});
export const byEvent = z.strictObject({ id: idIn('wep'), eventId: idIn('act') });
export const attemptList = z.object({
  items: z.array(
    z.object({
      at: instant,
      durationMs: z.int(),
      status: z.int().nullable(),
      failure: z
        .string()
        .nullable()
        .meta({ description: 'Why there was no answer: timeout, econnrefused, address_not_allowed …' }),
      requestHead: z.string(),
      responseHead: z.string().nullable(),
      responseBody: z.string().nullable().meta({ description: 'Its first 4 kilobytes.' }),
    }),
  ),
});
export const eventTypeList = z.object({
  items: z.array(z.object({ type: eventType, details: z.array(z.string()) })),
});
