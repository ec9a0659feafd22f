import { activityId, seqOf } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { activityBySeq } from '../ledger/index.ts';
import { beyondScope } from '../merchants/index.ts';
import { endpointById, type Resend, resends } from './endpoint.ts';
import { shownOf } from './events.ts';

type ResendInput = {
  readonly id: string;
  /** One event; or, without it, all within the times. */
  readonly eventId?: string | undefined;
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
};

/** Sends what an endpoint listens to once more: under the ids of the first time, in the order of the log. */
export const resendEvents = useCase({
  name: 'webhook.resend',
  permission: 'webhooks.write',
  movesValue: false,
  needs({ id, eventId }: ResendInput, find) {
    const seq = eventId === undefined ? undefined : seqOf(eventId);
    return {
      endpoint: find.one(endpointById, id),
      event: seq === undefined ? undefined : find.one(activityBySeq, String(seq)),
    };
  },
  decide({ endpoint, event }, { eventId, since, until }, context) {
    if (!endpoint) return refused('webhook_endpoint_not_found');
    const denied = beyondScope(context.actor, null);
    if (denied) return denied;
    if (endpoint.state === 'disabled') return refused('webhook_endpoint_disabled');
    const isKnown = event && activityId(event.occurredAt, event.seq) === eventId && shownOf(event.type);
    if (eventId !== undefined && !isKnown) return refused('webhook_event_not_found', { field: 'eventId' });
    const resend: Resend = {
      id: context.newId(),
      endpointId: endpoint.id,
      nextSeq: event?.seq ?? 1n,
      untilSeq: event ? event.seq + 1n : context.seq(),
      since: since ?? null,
      until: until ?? null,
    };
    const details = {
      eventSeq: event ? String(event.seq) : null,
      since: since?.toISOString(),
      until: until?.toISOString(),
    };
    return accepted({
      activities: [{ type: 'webhook.resent', subjectId: endpoint.id, details }],
      changes: [put(resends, resend)],
      result: { status: 'queued' as const },
    });
  },
});
