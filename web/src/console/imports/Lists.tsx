import { Link } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { ask, type ItemOf } from '../../api/client.ts';
import { useMay } from '../../ui/session.ts';
import { refusalText, useLanguage, useWords } from '../../ui/words.ts';
import { type Column, moneyColumn, textColumn } from '../kit/columns.tsx';
import { saveFile } from '../kit/export.ts';
import { ListTable } from '../kit/ListTable.tsx';
import { ErrorNote } from '../kit/Notes.tsx';
import { useFilters } from '../kit/paging.ts';
import type { Import } from './ImportState.tsx';
import { importWords, problemWords, resultWords } from './words.ts';

type Props = { readonly one: Import };
type Row = ItemOf<'GET /v1/imports/{id}/rows'>;
type Problem = ItemOf<'GET /v1/imports/{id}/problems'>;

/** Every cell that is not good, and why. */
export function Problems({ one }: Props) {
  const words = useWords(resultWords);
  const problems = useWords(problemWords);
  const may = useMay('imports.write');
  return (
    <>
      <div className="page-head second">
        <h2>{words.problems}</h2>
        {may ? <TakeBad id={one.id} /> : null}
      </div>
      <ListTable
        name="GET /v1/imports/{id}/problems"
        parts={{ params: { id: one.id } }}
        rowKey={({ row, column }) => `${row}-${column}`}
        filename="problems"
        columns={[
          {
            key: 'row',
            title: words.row,
            align: 'right',
            width: 80,
            show: ({ row }) => <span className="money">{row}</span>,
            cell: ({ row }) => row,
          },
          textColumn<Problem>({ key: 'heading', title: words.heading }, ({ heading }) => heading),
          textColumn<Problem>({ key: 'value', title: words.value }, ({ value }) =>
            value === '' ? null : value,
          ),
          {
            key: 'why',
            title: words.why,
            show: ({ code }) => <span className="mark stop">{problems[code]}</span>,
            cell: ({ code }) => problems[code],
          },
        ]}
      />
    </>
  );
}

function TakeBad({ id }: Pick<Import, 'id'>) {
  const words = useWords(importWords);
  const language = useLanguage();
  const [error, setError] = useState<Error | null>(null);
  const take = () =>
    ask('POST /v1/imports/{id}/take-problems', { params: { id }, body: { language } })
      .then(({ body }) => saveFile(new Blob([body], { type: 'text/csv;charset=utf-8' }), 'problems.csv'))
      .catch(setError);
  return (
    <>
      <Button onClick={() => void take()}>{words.takeBad}</Button>
      <ErrorNote error={error} />
    </>
  );
}

const outcomes = ['created', 'updated', 'skipped', 'refused'] as const;

/** What became of each row, and of taking it back. */
export function Rows({ one }: Props) {
  const words = useWords(resultWords);
  const { values, set } = useFilters(['show']);
  const isReversed = one.state === 'reversed';
  const outcome = outcomes.find((word) => word === values.show);
  const query = {
    ...(outcome ? { outcome } : {}),
    ...(values.show === 'missing' ? { missing: 'true' as const } : {}),
  };
  return (
    <>
      <div className="page-head second">
        <h2>{words.rowsTitle}</h2>
      </div>
      <ListTable
        name="GET /v1/imports/{id}/rows"
        parts={{ params: { id: one.id }, query }}
        rowKey={({ row }) => String(row)}
        filename="import-rows"
        columns={useRowColumns(one)}
        filters={
          <Select
            className="filter"
            aria-label={words.show}
            value={values.show ?? 'all'}
            onChange={(show) => set({ show: show === 'all' ? undefined : show })}
            options={[
              { value: 'all', label: words.all },
              ...outcomes.map((value) => ({ value, label: words[value] })),
              ...(isReversed ? [{ value: 'missing', label: words.onlyMissing }] : []),
            ]}
          />
        }
      />
    </>
  );
}

function useRowColumns(one: Import): readonly Column<Row>[] {
  const words = useWords(resultWords);
  const language = useLanguage();
  const isReversed = one.state === 'reversed';
  const currencyOf = () => one.currency;
  const spent = ({ missingPrincipal, missingBonus }: Row) => missingPrincipal + missingBonus;
  return [
    {
      key: 'row',
      title: words.row,
      align: 'right',
      width: 80,
      show: ({ row }) => <span className="money">{row}</span>,
      cell: ({ row }) => row,
    },
    {
      key: 'outcome',
      title: words.outcome,
      show: ({ outcome, code }) => (
        <>
          <span className={outcome === 'refused' ? 'mark stop' : 'mark good'}>{words[outcome]}</span>
          {code === null ? null : <span className="soft small"> {refusalText(code, language)}</span>}
        </>
      ),
      cell: ({ outcome, code }) => (code === null ? words[outcome] : `${words[outcome]} ${code}`),
    },
    {
      key: 'subject',
      title: words.subject,
      show: ({ memberId, productId, reversal }) => {
        // Who was withdrawn has no page any more.
        if (memberId !== null && reversal === 'withdrawn') return <span className="none">–</span>;
        if (memberId !== null)
          return (
            <Link to="/members/$id" params={{ id: memberId }}>
              {words.seeMember}
            </Link>
          );
        return productId === null ? (
          <span className="none">–</span>
        ) : (
          <Link to="/products">{words.seeProduct}</Link>
        );
      },
      cell: ({ memberId, productId }) => memberId ?? productId,
    },
    ...(one.kind === 'goods'
      ? []
      : [
          moneyColumn<Row>(
            { key: 'principal', title: words.principal },
            ({ principal }) => principal,
            currencyOf,
          ),
          moneyColumn<Row>({ key: 'bonus', title: words.bonus }, ({ bonus }) => bonus, currencyOf),
        ]),
    ...(isReversed
      ? [
          textColumn<Row>({ key: 'reversal', title: words.reversal }, ({ reversal }) =>
            reversal === null ? null : words[reversal],
          ),
          moneyColumn<Row>({ key: 'missing', title: words.missing }, spent, currencyOf),
        ]
      : []),
  ];
}
