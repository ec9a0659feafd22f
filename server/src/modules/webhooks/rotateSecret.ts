import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { beyondScope } from '../merchants/index.ts';
import { type Endpoint, endpointAnswer, endpointById, endpoints } from './endpoint.ts';

type RotateSecretInput = {
  readonly id: string;
  readonly secretSealed: Buffer;
  /** For how long messages carry the old signature too. */
  readonly overlapSeconds: number;
};

/** Gives an endpoint a new secret. The old one signs beside it for a while, so that no message goes unrecognised. */
export const rotateSecret = useCase({
  name: 'webhook.rotate_secret',
  permission: 'webhooks.write',
  movesValue: false,
  needs: ({ id }: RotateSecretInput, find) => ({ endpoint: find.one(endpointById, id) }),
  decide({ endpoint }, { secretSealed, overlapSeconds }, { actor, now }) {
    if (!endpoint) return refused('webhook_endpoint_not_found');
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    const overlaps = overlapSeconds > 0;
    const rotated: Endpoint = {
      ...endpoint,
      secretSealed,
      previousSealed: overlaps ? endpoint.secretSealed : null,
      previousUntil: overlaps ? new Date(now.getTime() + overlapSeconds * 1_000) : null,
    };
    return accepted({
      activities: [{ type: 'webhook.secret_rotated', subjectId: endpoint.id, details: { overlapSeconds } }],
      changes: [put(endpoints, rotated)],
      result: endpointAnswer(rotated),
    });
  },
});
