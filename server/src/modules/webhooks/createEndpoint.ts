import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { beyondScope } from '../merchants/index.ts';
import { type Endpoint, endpointAnswer, endpoints, everyEndpoint } from './endpoint.ts';

export type CreateEndpointInput = Pick<Endpoint, 'url' | 'description' | 'eventTypes' | 'secretSealed'> & {
  /** Why the URL is never called, looked at where the operator's settings are known. */
  readonly unfit: string | undefined;
};

/** Each is news to send again for every entry of the log. */
const endpointsMax = 20;

/** Adds a place that news is sent to, from the next entry of the log on. */
export const createEndpoint = useCase({
  name: 'webhook.create',
  permission: 'webhooks.write',
  movesValue: false,
  needs: (_input: CreateEndpointInput, find) => ({ all: find.all(everyEndpoint, 'all') }),
  decide({ all }, { url, description, eventTypes, secretSealed, unfit }, context) {
    const { actor, now, newId } = context;
    // News is of all stores.
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (unfit !== undefined) return refused('webhook_url_not_allowed', { field: 'url', detail: unfit });
    if (all.length >= endpointsMax) return refused('too_many_webhook_endpoints');
    const endpoint: Endpoint = {
      id: newId(),
      url,
      description,
      eventTypes,
      state: 'active',
      disabledReason: null,
      secretSealed,
      previousSealed: null,
      previousUntil: null,
      fromSeq: context.seq(),
      createdAt: now,
    };
    return accepted({
      activities: [
        { type: 'webhook.created', subjectId: endpoint.id, details: { host: hostOf(url), eventTypes } },
      ],
      changes: [put(endpoints, endpoint)],
      result: endpointAnswer(endpoint),
    });
  },
});

/** What of an URL is logged: the rest of it may hold a secret of the receiver's. */
export function hostOf(url: string): string {
  return new URL(url).host;
}
