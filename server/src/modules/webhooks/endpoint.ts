import { encodeId } from '../../kernel/id.ts';
import { entity, finder } from '../../platform/executor/entity.ts';

/** Where a merchant wants its news sent. */
export type Endpoint = {
  readonly id: string;
  readonly url: string;
  readonly description: string | null;
  /** null: all there are, also those that a later version adds. */
  readonly eventTypes: readonly string[] | null;
  readonly state: 'active' | 'disabled';
  /** `gone`: it answered 410; `failing`: nothing got there for days. */
  readonly disabledReason: 'by_hand' | 'gone' | 'failing' | null;
  readonly secretSealed: Buffer;
  /** Before it was rotated; messages carry its signature too until `previousUntil`. */
  readonly previousSealed: Buffer | null;
  readonly previousUntil: Date | null;
  /** The entry of the log that made it: what came later is its news. */
  readonly fromSeq: bigint;
  readonly createdAt: Date;
};

export const endpoints = entity<Endpoint>('webhookEndpoint', ({ id }) => id);
export const endpointById = finder(endpoints, 'byId', ({ id }) => [id]);
export const everyEndpoint = finder(endpoints, 'all', () => ['all']);

/** Entries of the log that are to be sent again: from `nextSeq` to before `untilSeq`, within the times. */
export type Resend = {
  readonly id: string;
  readonly endpointId: string;
  readonly nextSeq: bigint;
  readonly untilSeq: bigint;
  readonly since: Date | null;
  readonly until: Date | null;
};

export const resends = entity<Resend>('webhookResend', ({ id }) => id, 'none');

/** An endpoint as the API shows it; the secret is not part of it. */
export function endpointAnswer(endpoint: Endpoint) {
  return {
    id: encodeId('wep', endpoint.id),
    url: endpoint.url,
    description: endpoint.description,
    eventTypes: endpoint.eventTypes,
    state: endpoint.state,
    disabledReason: endpoint.disabledReason,
    previousSecretUntil: endpoint.previousUntil?.toISOString() ?? null,
    createdAt: endpoint.createdAt.toISOString(),
  };
}
