import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { type Endpoint, endpointAnswer, endpointById, endpoints } from './endpoint.ts';

type DisableEndpointInput = { readonly id: string; readonly reason: 'gone' | 'failing' };

/** Stops sending where nothing arrives. The log says so, and with it every other endpoint. */
export const disableEndpoint = useCase({
  name: 'webhook.disable',
  permission: 'system',
  movesValue: false,
  needs: ({ id }: DisableEndpointInput, find) => ({ endpoint: find.one(endpointById, id) }),
  decide({ endpoint }, { reason }) {
    if (!endpoint) return refused('webhook_endpoint_not_found');
    const disabled: Endpoint = { ...endpoint, state: 'disabled', disabledReason: reason };
    if (endpoint.state === 'disabled') return { unchanged: JSON.stringify(endpointAnswer(endpoint)) };
    return accepted({
      activities: [{ type: 'webhook.disabled', subjectId: endpoint.id, details: { reason } }],
      changes: [put(endpoints, disabled)],
      result: endpointAnswer(disabled),
    });
  },
});
