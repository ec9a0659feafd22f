import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import type { AnswerOf, ItemOf } from '../../api/client.ts';
import { useWords } from '../../ui/words.ts';
import { ChoiceFilter } from '../kit/ChoiceFilter.tsx';
import { type Column, momentColumn, moneyColumn, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Nothing } from '../kit/Notes.tsx';
import { useFilters } from '../kit/paging.ts';
import { eventWords } from '../records/events/words.ts';
import { kitWords } from '../words.ts';
import { moves } from './figures.tsx';
import { counterpartKey, merchantKey, useLineName, usePartyName } from './names.ts';
import { columnWords, statementWords } from './words.ts';

type Statement = AnswerOf<'GET /v1/settlement-statements/{id}'>;
type Posting = ItemOf<'GET /v1/settlement-statements/{id}/postings'>;

/** What is behind the figures of a statement; which is in the address. */
export function PostingsList({ statement }: { readonly statement: Statement }) {
  const words = useWords(statementWords);
  const lineName = useLineName();
  const columnTitles = useWords(columnWords);
  const { values, set } = useFilters(['column', 'with', 'currency']);
  const column = moves.find((one) => one === values.column);
  const counterparts = new Map(
    statement.lines.map((line) => [counterpartKey(line, statement), lineName(line)]),
  );
  return (
    <div id="postings">
      <ListTable
        name="GET /v1/settlement-statements/{id}/postings"
        parts={{
          params: { id: statement.id },
          query: { column, currency: values.currency, ...counterpartOf(values.with) },
        }}
        columns={usePostingColumns(statement.lines)}
        rowKey={({ activityId, column: part, counterpartId, amount }) =>
          `${activityId} ${part} ${counterpartId ?? ''} ${amount}`
        }
        filename="settlement-postings"
        empty={<Nothing text={words.noPostings} />}
        filters={
          <>
            <ChoiceFilter
              label={words.column}
              any={words.anyColumn}
              value={column}
              options={moves.map((one) => ({ value: one, label: columnTitles[one] }))}
              onChoose={(wanted) => set({ column: wanted })}
            />
            <Select
              className="filter wide"
              aria-label={words.counterpart}
              value={values.with ?? ''}
              onChange={(wanted) => set({ with: wanted })}
              options={[
                { value: '', label: words.anyCounterpart },
                ...Array.from(counterparts, ([value, label]) => ({ value, label })),
              ]}
            />
          </>
        }
      />
    </div>
  );
}

function counterpartOf(key: string | undefined) {
  if (key === undefined) return {};
  if (key === merchantKey) return { withMerchant: 'true' as const };
  return key.startsWith('store_') ? { storeId: key } : { partyId: key };
}

function usePostingColumns(lines: Statement['lines']): readonly Column<Posting>[] {
  const words = useWords(statementWords);
  const kit = useWords(kitWords);
  const columns = useWords(columnWords);
  const events: Readonly<Record<string, string>> = useWords(eventWords);
  const partyName = usePartyName(lines);
  return [
    momentColumn({ key: 'at', title: words.at }, ({ occurredAt }) => occurredAt),
    {
      key: 'what',
      title: words.what,
      show: ({ activityId, type }) => (
        <Link to="/audit/$id" params={{ id: activityId }}>
          {events[type] ?? type}
        </Link>
      ),
      cell: ({ type }) => events[type] ?? type,
    },
    textColumn({ key: 'column', title: words.column }, ({ column }) => columns[column]),
    textColumn({ key: 'with', title: words.counterpart }, ({ withHolders, counterpartId }) =>
      withHolders ? words.holders : partyName(counterpartId),
    ),
    textColumn({ key: 'store', title: words.where }, ({ storeId }) =>
      storeId === null ? null : partyName(storeId),
    ),
    textColumn({ key: 'reference', title: kit.reference }, ({ reference }) => reference),
    moneyColumn(
      { key: 'amount', title: kit.amount },
      ({ amount }) => amount,
      ({ currency }) => currency,
    ),
  ];
}
