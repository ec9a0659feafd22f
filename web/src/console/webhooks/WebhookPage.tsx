import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button, Skeleton } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { Moment } from '../kit/columns.tsx';
import { ErrorNote, Failed, Guarded } from '../kit/Notes.tsx';
import { Facts, Page, Panel } from '../kit/Page.tsx';
import { Deliveries } from './Deliveries.tsx';
import { type Endpoint, EndpointDialog, SecretOnce } from './EndpointDialog.tsx';
import { EndpointState } from './WebhooksPage.tsx';
import { hookWords } from './words.ts';

/** One endpoint: how it is, and what was sent to it. */
export function WebhookPage() {
  return (
    <Guarded by="webhooks.read">
      <OneEndpoint />
    </Guarded>
  );
}

const readEveryMs = 5_000;

function OneEndpoint() {
  const words = useWords(hookWords);
  const { id } = useParams({ from: '/webhooks/$id' });
  const { data, error, refetch } = useAsk(
    'GET /v1/webhook-endpoints/{id}',
    { params: { id } },
    { everyMs: () => readEveryMs },
  );
  const may = useMay('webhooks.write');
  if (!data)
    return (
      <Page title={words.title}>
        {error ? <Failed error={error} again={() => void refetch()} /> : <Skeleton active />}
      </Page>
    );
  const { url, description, eventTypes, failingSince, previousSecretUntil } = data;
  const when = (at: string | null) => (at === null ? '–' : <Moment at={at} />);
  return (
    <Page
      title={url}
      lead={<Link to="/webhooks">{words.back}</Link>}
      actions={may ? <Verbs endpoint={data} /> : null}
    >
      <Panel>
        <Facts
          items={[
            [words.state, <EndpointState key="state" endpoint={data} />],
            [words.description, description ?? '–'],
            [words.events, eventTypes === null ? words.allEvents : eventTypes.join(', ')],
            [words.failingSince, when(failingSince)],
            [words.previousUntil, when(previousSecretUntil)],
          ]}
        />
      </Panel>
      <Deliveries endpointId={id} />
    </Page>
  );
}

const overlapSeconds = 86_400;

function Verbs({ endpoint }: { readonly endpoint: Endpoint }) {
  const words = useWords(hookWords);
  const [open, setOpen] = useState<'change' | 'rotate'>();
  const update = useCommand('PATCH /v1/webhook-endpoints/{id}');
  const test = useCommand('POST /v1/webhook-endpoints/{id}/test');
  const rotate = useCommand('POST /v1/webhook-endpoints/{id}/rotate-secret');
  const params = { id: endpoint.id };
  const isActive = endpoint.state === 'active';
  const close = () => setOpen(undefined);
  return (
    <>
      {isActive ? (
        <Button type="primary" loading={test.isPending} onClick={() => test.mutate({ params })}>
          {words.test}
        </Button>
      ) : null}
      <Button onClick={() => setOpen('change')}>{words.change}</Button>
      <Button onClick={() => setOpen('rotate')}>{words.rotate}</Button>
      <Button
        danger={isActive}
        loading={update.isPending}
        onClick={() => update.mutate({ params, body: { state: isActive ? 'disabled' : 'active' } })}
      >
        {isActive ? words.stop : words.start}
      </Button>
      <ErrorNote error={test.error ?? update.error} />
      {test.isSuccess ? <span role="status">{words.testSent}</span> : null}
      {open === 'change' ? <EndpointDialog endpoint={endpoint} onClose={close} /> : null}
      {open === 'rotate' ? (
        <ActionDialog<object, AnswerOf<'POST /v1/webhook-endpoints/{id}/rotate-secret'>>
          title={words.rotate}
          action={words.rotate}
          submit={(_values, idempotencyKey) =>
            rotate.mutateAsync({ params, body: { overlapSeconds }, idempotencyKey })
          }
          onClose={close}
          done={({ secret }) => <SecretOnce secret={secret} />}
        >
          <Alert className="explain" type="info" title={words.rotateWhy} />
        </ActionDialog>
      ) : null}
    </>
  );
}
