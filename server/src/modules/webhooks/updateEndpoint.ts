import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { beyondScope } from '../merchants/index.ts';
import { hostOf } from './createEndpoint.ts';
import { type Endpoint, endpointAnswer, endpointById, endpoints } from './endpoint.ts';

/** What is left out stays as it is. */
type UpdateEndpointInput = {
  readonly id: string;
  readonly url?: string | undefined;
  readonly description?: string | null | undefined;
  readonly eventTypes?: readonly string[] | null | undefined;
  readonly state?: Endpoint['state'] | undefined;
  readonly unfit: string | undefined;
};

/** Changes an endpoint, rests it, or sets it to work again: it then gets all that it missed meanwhile. */
export const updateEndpoint = useCase({
  name: 'webhook.update',
  permission: 'webhooks.write',
  movesValue: false,
  needs: ({ id }: UpdateEndpointInput, find) => ({ endpoint: find.one(endpointById, id) }),
  decide({ endpoint }, { url, description, eventTypes, state, unfit }, { actor }) {
    if (!endpoint) return refused('webhook_endpoint_not_found');
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (unfit !== undefined) return refused('webhook_url_not_allowed', { field: 'url', detail: unfit });
    const updated: Endpoint = {
      ...endpoint,
      url: url ?? endpoint.url,
      description: description === undefined ? endpoint.description : description,
      eventTypes: eventTypes === undefined ? endpoint.eventTypes : eventTypes,
      ...stateOf(endpoint, state),
    };
    return accepted({
      activities: [
        {
          type: 'webhook.updated',
          subjectId: endpoint.id,
          details: { before: mutableParts(endpoint), after: mutableParts(updated) },
        },
      ],
      changes: [put(endpoints, updated)],
      result: endpointAnswer(updated),
    });
  },
});

function stateOf(endpoint: Endpoint, state: Endpoint['state'] | undefined) {
  if (state === undefined || state === endpoint.state) return {};
  return { state, disabledReason: state === 'active' ? null : ('by_hand' as const) };
}

function mutableParts({ url, eventTypes, state }: Endpoint) {
  return { host: hostOf(url), eventTypes, state };
}
