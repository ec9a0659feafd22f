import { Alert, Form, Select } from 'antd';
import type { AnswerOf, BodyOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { TextField } from '../kit/fields.tsx';
import { Secret } from '../kit/Secret.tsx';
import { hookWords } from './words.ts';

export type Endpoint = AnswerOf<'GET /v1/webhook-endpoints/{id}'>;
type Body = BodyOf<'POST /v1/webhook-endpoints'>;
type EventTypes = NonNullable<Body['eventTypes']>;
type Values = { readonly url: string; readonly description?: string; readonly eventTypes?: EventTypes };

/** A secret of an endpoint, shown this once. */
export function SecretOnce({ secret }: { readonly secret: string | null }) {
  const words = useWords(hookWords);
  return (
    <>
      <Alert type="warning" showIcon title={words.secretOnce} />
      {secret === null ? null : <Secret label={words.secret} text={secret} />}
    </>
  );
}

/** Adds an endpoint, or changes one. */
export function EndpointDialog({
  endpoint,
  onClose,
}: {
  readonly endpoint?: Endpoint;
  readonly onClose: () => void;
}) {
  const words = useWords(hookWords);
  const create = useCommand('POST /v1/webhook-endpoints');
  const update = useCommand('PATCH /v1/webhook-endpoints/{id}');
  const { data } = useAsk('GET /v1/webhook-event-types', {});
  const bodyOf = ({ url, description, eventTypes = [] }: Values) => ({
    url: url.trim(),
    description: description?.trim() || null,
    eventTypes: eventTypes.length === 0 ? null : eventTypes,
  });
  const fields = (
    <>
      <TextField name="url" label={words.url} hint={words.urlHint} max={500} />
      <TextField name="description" label={words.description} optional />
      <Form.Item name="eventTypes" label={words.events}>
        <Select
          mode="multiple"
          placeholder={words.allEvents}
          options={(data?.items ?? []).map(({ type }) => ({ value: type, label: type }))}
        />
      </Form.Item>
    </>
  );
  if (endpoint) {
    const { id, url, description, eventTypes } = endpoint;
    // What an endpoint is told of was chosen out of the same list.
    const chosen = (eventTypes ?? []) as EventTypes;
    return (
      <ActionDialog<Values, unknown>
        title={words.change}
        action={words.change}
        initial={{ url, description: description ?? '', eventTypes: chosen }}
        submit={(values) => update.mutateAsync({ params: { id }, body: bodyOf(values) })}
        onClose={onClose}
      >
        {fields}
      </ActionDialog>
    );
  }
  return (
    <ActionDialog<Values, AnswerOf<'POST /v1/webhook-endpoints'>>
      title={words.add}
      action={words.add}
      submit={(values, idempotencyKey) => create.mutateAsync({ body: bodyOf(values), idempotencyKey })}
      onClose={onClose}
      done={({ secret }) => <SecretOnce secret={secret} />}
    >
      {fields}
    </ActionDialog>
  );
}
