import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { type Column, momentColumn, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { Page } from '../kit/Page.tsx';
import { ImportState, isMoving } from './ImportState.tsx';
import { UploadDialog } from './UploadDialog.tsx';
import { importWords, stateWords } from './words.ts';

type Item = ItemOf<'GET /v1/imports'>;
const lookEveryMs = 1_500;

/** Files that were brought in from another system, and how far each is. */
export function ImportsPage() {
  const words = useWords(importWords);
  const may = useMay('imports.write');
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const add = may ? (
    <Button type="primary" onClick={() => setOpen(true)}>
      {words.add}
    </Button>
  ) : null;
  return (
    <Guarded by="imports.read">
      <Page title={words.title} lead={words.lead} actions={add}>
        <ListTable
          name="GET /v1/imports"
          parts={{}}
          columns={useColumns()}
          rowKey={({ id }) => id}
          filename="imports"
          empty={<Nothing text={words.nothing} action={add} />}
          everyMs={(items) => (items.some(isMoving) ? lookEveryMs : false)}
          onOpen={({ id }) => void navigate({ to: '/imports/$id', params: { id } })}
        />
        {isOpen ? <UploadDialog onClose={() => setOpen(false)} /> : null}
      </Page>
    </Guarded>
  );
}

function useColumns(): readonly Column<Item>[] {
  const words = useWords(importWords);
  const states = useWords(stateWords);
  return [
    textColumn({ key: 'file', title: words.file }, ({ fileName }) => fileName),
    textColumn({ key: 'kind', title: words.kind }, ({ kind }) => words[kind]),
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => <ImportState state={state} />,
      cell: ({ state }) => states[state],
    },
    {
      key: 'rows',
      title: words.rows,
      align: 'right',
      show: ({ quantity }) => <span className="money">{quantity.toLocaleString()}</span>,
      cell: ({ quantity }) => quantity,
    },
    momentColumn({ key: 'sent', title: words.sentAt }, ({ createdAt }) => createdAt),
  ];
}
