import { Table } from 'antd';
import { useAsk } from '../../../ui/asking.ts';
import { useMay } from '../../../ui/session.ts';
import { useWords } from '../../../ui/words.ts';
import { Moment } from '../../kit/columns.tsx';
import { Nothing } from '../../kit/Notes.tsx';
import { useStoreName } from '../../kit/names.ts';
import { Panel } from '../../kit/Page.tsx';
import { WideTable } from '../../kit/WideTable.tsx';
import { eventWords } from '../../records/events/words.ts';
import { custodyWords } from './words.ts';

const shownMax = 50;

/** Who moved which cards of a batch, and when, the newest first. */
export function CustodyLog({ batchId }: { readonly batchId: string }) {
  const words = useWords(custodyWords);
  const storeName = useStoreName();
  const events: Readonly<Record<string, string>> = useWords(eventWords);
  const enabled = useMay('audit.read');
  const { data } = useAsk(
    'GET /v1/activities',
    { query: { subjectId: batchId, limit: shownMax } },
    { enabled },
  );
  if (!enabled) return null;
  const moves = (data?.items ?? []).filter(({ type }) => type.startsWith('custody.'));
  return (
    <Panel flush title={words.log}>
      <WideTable>
        <Table
          size="small"
          pagination={false}
          rowKey={({ id }) => id}
          dataSource={moves}
          locale={{ emptyText: <Nothing text={words.noLog} /> }}
          columns={[
            { title: words.when, render: (_, { occurredAt }) => <Moment at={occurredAt} /> },
            { title: words.what, render: (_, { type }) => events[type] ?? type },
            {
              title: words.range,
              render: (_, { details }) => (
                <span className="mono">{`${String(details.from)}–${String(details.to)}`}</span>
              ),
            },
            { title: words.store, render: (_, { storeId }) => (storeId === null ? '–' : storeName(storeId)) },
            { title: words.who, render: (_, { actor }) => actor.name ?? '–' },
          ]}
        />
      </WideTable>
    </Panel>
  );
}
