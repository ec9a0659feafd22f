import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Skeleton, Table } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { Failed, Guarded, Nothing } from '../kit/Notes.tsx';
import { Page, Panel } from '../kit/Page.tsx';
import { WideTable } from '../kit/WideTable.tsx';
import { EndpointDialog } from './EndpointDialog.tsx';
import { hookWords } from './words.ts';

type Endpoint = ItemOf<'GET /v1/webhook-endpoints'>;

/** Where news is sent to. */
export function WebhooksPage() {
  const words = useWords(hookWords);
  const may = useMay('webhooks.write');
  const [isAdding, setAdding] = useState(false);
  const add = may ? (
    <Button type="primary" onClick={() => setAdding(true)}>
      {words.add}
    </Button>
  ) : null;
  return (
    <Guarded by="webhooks.read">
      <Page title={words.title} lead={words.lead} actions={add}>
        <Endpoints />
        {isAdding ? <EndpointDialog onClose={() => setAdding(false)} /> : null}
      </Page>
    </Guarded>
  );
}

const readEveryMs = 10_000;

function Endpoints() {
  const words = useWords(hookWords);
  const navigate = useNavigate();
  const { data, error, refetch } = useAsk('GET /v1/webhook-endpoints', {}, { everyMs: () => readEveryMs });
  if (error && !data) return <Failed error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  return (
    <Panel flush>
      <WideTable>
        <Table<Endpoint>
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={data.items}
          locale={{ emptyText: <Nothing text={words.nothing} /> }}
          onRow={({ id }) => ({
            className: 'opens',
            onClick: () => void navigate({ to: '/webhooks/$id', params: { id } }),
          })}
          columns={[
            {
              title: words.url,
              render: (_: unknown, { id, url }) => (
                <Link to="/webhooks/$id" params={{ id }}>
                  {url}
                </Link>
              ),
            },
            { title: words.description, render: (_: unknown, { description }) => description ?? '–' },
            {
              title: words.events,
              render: (_: unknown, { eventTypes }) =>
                eventTypes === null ? words.allEvents : eventTypes.length,
            },
            { title: words.state, render: (_: unknown, endpoint) => <EndpointState endpoint={endpoint} /> },
            { title: words.waiting, dataIndex: 'waiting', align: 'right' },
            { title: words.dead, dataIndex: 'dead', align: 'right' },
          ]}
        />
      </WideTable>
    </Panel>
  );
}

/** Whether an endpoint works, and if not, why. */
export function EndpointState({ endpoint }: { readonly endpoint: Endpoint }) {
  const words = useWords(hookWords);
  const { state, disabledReason, failingSince } = endpoint;
  if (state === 'disabled')
    return (
      <span className="mark stop">{disabledReason === null ? words.disabled : words[disabledReason]}</span>
    );
  return failingSince === null ? (
    <span className="mark good">{words.active}</span>
  ) : (
    <span className="mark look">{words.failingSince}</span>
  );
}
