import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ChoiceFilter } from '../kit/ChoiceFilter.tsx';
import { type Column, Moment, momentColumn, textColumn } from '../kit/columns.tsx';
import { SidePanel } from '../kit/Dialog.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { ErrorNote, Failed, Nothing } from '../kit/Notes.tsx';
import { useFilters } from '../kit/paging.ts';
import { hookWords } from './words.ts';

type Delivery = ItemOf<'GET /v1/webhook-endpoints/{id}/deliveries'>;
const states = ['waiting', 'delivered', 'dead'] as const;
const readEveryMs = 3_000;

/** What was or is to be sent, the newest first. */
export function Deliveries({ endpointId }: { readonly endpointId: string }) {
  const words = useWords(hookWords);
  const { values, set } = useFilters(['state']);
  const [open, setOpen] = useState<Delivery>();
  const state = states.find((one) => one === values.state);
  const stateWords = useStateWords();
  return (
    <>
      <h2 className="between">{words.deliveries}</h2>
      <p className="soft small under">{words.deliveriesWhy}</p>
      <ListTable
        name="GET /v1/webhook-endpoints/{id}/deliveries"
        parts={{ params: { id: endpointId }, query: { state } }}
        columns={useDeliveryColumns(setOpen)}
        rowKey={({ eventId }) => eventId}
        filename="deliveries"
        empty={<Nothing text={words.noDeliveries} />}
        everyMs={() => readEveryMs}
        filters={
          <ChoiceFilter
            label={words.state}
            any={words.anyState}
            value={state}
            options={states.map((one) => ({ value: one, label: stateWords[one] }))}
            onChoose={(wanted) => set({ state: wanted })}
          />
        }
      />
      {open ? <Attempts endpointId={endpointId} delivery={open} onClose={() => setOpen(undefined)} /> : null}
    </>
  );
}

function useStateWords(): Readonly<Record<Delivery['state'], string>> {
  const words = useWords(hookWords);
  return { waiting: words.stateWaiting, delivered: words.delivered, dead: words.stateDead };
}

const tones = { waiting: 'look', delivered: 'good', dead: 'stop' } as const;

function useDeliveryColumns(onOpen: (delivery: Delivery) => void): readonly Column<Delivery>[] {
  const words = useWords(hookWords);
  const stateWords = useStateWords();
  const answerText = ({ lastStatus, lastFailure }: Delivery) =>
    lastStatus === null ? lastFailure : String(lastStatus);
  return [
    {
      key: 'type',
      title: words.event,
      show: (delivery) => (
        <Button type="link" size="small" onClick={() => onOpen(delivery)}>
          {delivery.type}
        </Button>
      ),
      cell: ({ type }) => type,
    },
    momentColumn({ key: 'at', title: words.at }, ({ occurredAt }) => occurredAt),
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => <span className={`mark ${tones[state]}`}>{stateWords[state]}</span>,
      cell: ({ state }) => stateWords[state],
    },
    textColumn({ key: 'answer', title: words.answer }, answerText),
    {
      key: 'tries',
      title: words.tries,
      align: 'right',
      show: ({ tries }) => tries,
      cell: ({ tries }) => tries,
    },
    momentColumn({ key: 'last', title: words.lastAt }, ({ lastAt }) => lastAt),
    momentColumn({ key: 'next', title: words.nextAt }, ({ nextAt }) => nextAt),
  ];
}

type AttemptsProps = {
  readonly endpointId: string;
  readonly delivery: Delivery;
  readonly onClose: () => void;
};

function Attempts({ endpointId, delivery, onClose }: AttemptsProps) {
  const words = useWords(hookWords);
  const may = useMay('webhooks.write');
  const { eventId, type } = delivery;
  const { data, error, refetch } = useAsk(
    'GET /v1/webhook-endpoints/{id}/deliveries/{eventId}',
    { params: { id: endpointId, eventId } },
    { everyMs: () => readEveryMs },
  );
  const resend = useCommand('POST /v1/webhook-endpoints/{id}/resend');
  return (
    <SidePanel size={640} title={`${type} · ${words.attempts}`} onClose={onClose}>
      {may ? (
        <Button
          loading={resend.isPending}
          onClick={() => resend.mutate({ params: { id: endpointId }, body: { eventId } })}
        >
          {words.resend}
        </Button>
      ) : null}
      <ErrorNote error={resend.error} />
      {error && !data ? <Failed error={error} again={() => void refetch()} /> : null}
      {data === undefined && !error ? <Skeleton active /> : null}
      <ol className="tries">
        {(data?.items ?? []).map(
          ({ at, durationMs, status, failure, requestHead, responseHead, responseBody }) => (
            <li key={at}>
              <p>
                <span className={`mark ${status !== null && status < 300 ? 'good' : 'stop'}`}>
                  {status ?? words.noAnswer}
                </span>{' '}
                <Moment at={at} /> · {words.took(durationMs)} {failure === null ? '' : `· ${failure}`}
              </p>
              <Text label={words.requestHead} text={requestHead} />
              <Text label={words.responseHead} text={responseHead} />
              <Text label={words.responseBody} text={responseBody} />
            </li>
          ),
        )}
      </ol>
    </SidePanel>
  );
}

function Text({ label, text }: { readonly label: string; readonly text: string | null }) {
  if (text === null || text === '') return null;
  return (
    <details>
      <summary className="soft">{label}</summary>
      <pre className="wire">{text}</pre>
    </details>
  );
}
