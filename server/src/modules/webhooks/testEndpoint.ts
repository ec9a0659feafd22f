import { encodeId } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { beyondScope } from '../merchants/index.ts';
import { endpointById } from './endpoint.ts';
import { testType } from './events.ts';

/** Sends an endpoint a trial by the way that all news takes: it is an entry of the log. */
export const testEndpoint = useCase({
  name: 'webhook.test',
  permission: 'webhooks.write',
  movesValue: false,
  needs: ({ id }: { readonly id: string }, find) => ({ endpoint: find.one(endpointById, id) }),
  decide({ endpoint }, _input, context) {
    if (!endpoint) return refused('webhook_endpoint_not_found');
    const denied = beyondScope(context.actor, null);
    if (denied) return denied;
    if (endpoint.state === 'disabled') return refused('webhook_endpoint_disabled');
    return accepted({
      activities: [{ type: testType, subjectId: endpoint.id }],
      changes: [],
      result: { eventId: encodeId('act', context.activityId()) },
    });
  },
});
