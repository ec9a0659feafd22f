import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { type Column, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { Page } from '../kit/Page.tsx';
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
  return (
    <ListTable
      name="GET /v1/webhook-endpoints"
      parts={{}}
      columns={useEndpointColumns()}
      rowKey={({ id }) => id}
      filename="webhooks"
      empty={<Nothing text={words.nothing} />}
      onOpen={({ id }) => void navigate({ to: '/webhooks/$id', params: { id } })}
      everyMs={() => readEveryMs}
    />
  );
}

function useEndpointColumns(): readonly Column<Endpoint>[] {
  const words = useWords(hookWords);
  const stateText = useStateText();
  const count = (key: 'waiting' | 'dead'): Column<Endpoint> => ({
    ...{ key, title: words[key], align: 'right' },
    show: (endpoint) => endpoint[key],
    cell: (endpoint) => endpoint[key],
  });
  const news = ({ eventTypes }: Endpoint) =>
    eventTypes === null ? words.allEvents : String(eventTypes.length);
  return [
    {
      key: 'url',
      title: words.url,
      show: ({ id, url }) => (
        <Link to="/webhooks/$id" params={{ id }}>
          {url}
        </Link>
      ),
      cell: ({ url }) => url,
    },
    textColumn({ key: 'description', title: words.description }, ({ description }) => description),
    textColumn({ key: 'events', title: words.events }, news),
    {
      key: 'state',
      title: words.state,
      show: (endpoint) => <EndpointState endpoint={endpoint} />,
      cell: stateText,
    },
    count('waiting'),
    count('dead'),
  ];
}

function useStateText(): (endpoint: Endpoint) => string {
  const words = useWords(hookWords);
  return ({ state, disabledReason, failingSince }) => {
    if (state === 'disabled') return disabledReason === null ? words.disabled : words[disabledReason];
    return failingSince === null ? words.active : words.failingSince;
  };
}

/** Whether an endpoint works, and if not, why. */
export function EndpointState({ endpoint }: { readonly endpoint: Endpoint }) {
  const text = useStateText()(endpoint);
  const tone = endpoint.state === 'disabled' ? 'stop' : endpoint.failingSince === null ? 'good' : 'look';
  return <span className={`mark ${tone}`}>{text}</span>;
}
