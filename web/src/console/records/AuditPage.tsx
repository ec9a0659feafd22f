import { useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import type { ItemOf } from '../../api/client.ts';
import { drawnNumber } from '../../ui/money.ts';
import { useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { type Column, Money, momentColumn, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { useStoreName } from '../kit/names.ts';
import { Page } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { useActorText } from './Actor.tsx';
import { eventWords } from './events/words.ts';
import { RecordFilters, recordFilters } from './Filters.tsx';
import { auditWords, recordWords } from './words.ts';

type Activity = ItemOf<'GET /v1/activities'>;

/** All that happened: who, what, where, to what. */
export function AuditPage() {
  const words = useWords(auditWords);
  const records = useWords(recordWords);
  const events: Readonly<Record<string, string>> = useWords(eventWords);
  const navigate = useNavigate();
  const { values, set } = useFilters(['type', 'subjectId', ...recordFilters]);
  const { cardId, ...query } = values;
  return (
    <Guarded by="audit.read">
      <Page title={words.title} lead={words.lead}>
        <ListTable
          name="GET /v1/activities"
          parts={{ query: { ...query, subjectId: query.subjectId ?? cardId } }}
          columns={useAuditColumns()}
          rowKey={({ id }) => id}
          filename="audit"
          empty={<Nothing text={records.nothing} />}
          onOpen={({ id }) => void navigate({ to: '/audit/$id', params: { id } })}
          filters={
            <>
              <Select
                className="filter"
                aria-label={words.type}
                value={values.type ?? ''}
                onChange={(type) => set({ type })}
                showSearch={{ optionFilterProp: 'label' }}
                options={[
                  { value: '', label: words.anyType },
                  ...Object.entries(events).map(([value, label]) => ({ value, label })),
                ]}
              />
              <RecordFilters values={values} set={set} />
            </>
          }
        />
      </Page>
    </Guarded>
  );
}

function useAuditColumns(): readonly Column<Activity>[] {
  const words = useWords(auditWords);
  const records = useWords(recordWords);
  const events: Readonly<Record<string, string>> = useWords(eventWords);
  const storeName = useStoreName();
  const actorText = useActorText();
  const { merchant } = useSession();
  const subjectText = ({ serial, subjectId }: Activity) =>
    serial === null ? (subjectId === null ? null : `…${subjectId.slice(-6)}`) : serial;
  return [
    momentColumn({ key: 'when', title: records.when }, ({ occurredAt }) => occurredAt),
    textColumn({ key: 'type', title: words.type }, ({ type }) => events[type] ?? type),
    textColumn({ key: 'subject', title: words.subject }, subjectText),
    {
      key: 'amount',
      title: records.amount,
      align: 'right',
      show: ({ amount, currency }) =>
        amount === null ? (
          <span className="none">–</span>
        ) : (
          <Money amount={amount} currency={currency ?? merchant.currency} />
        ),
      cell: ({ amount, currency }) =>
        amount === null ? null : drawnNumber(amount, currency ?? merchant.currency),
    },
    textColumn({ key: 'store', title: records.store }, ({ storeId }) =>
      storeId === null ? null : storeName(storeId),
    ),
    textColumn({ key: 'by', title: records.by }, ({ actor }) => actorText(actor)),
    textColumn({ key: 'reference', title: records.reference }, ({ reference }) => reference),
  ];
}
