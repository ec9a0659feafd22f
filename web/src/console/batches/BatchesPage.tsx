import { Link } from '@tanstack/react-router';
import { Button, Progress } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useMay, useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { type Column, Moment, momentColumn, moneyColumn, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { useProgramName } from '../kit/names.ts';
import { Page } from '../kit/Page.tsx';
import { kitWords } from '../words.ts';
import { MakeBatch } from './MakeBatch.tsx';
import { ReleaseBatch } from './ReleaseBatch.tsx';
import { batchWords } from './words.ts';

type Batch = ItemOf<'GET /v1/card-batches'>;

/** How often a batch that is being made is looked at, in milliseconds. */
const lookEveryMs = 1_500;

export function BatchesPage() {
  const words = useWords(batchWords);
  const may = useMay('batches.write');
  const [isMaking, setMaking] = useState(false);
  const [releasing, setReleasing] = useState<Batch>();
  const add = may ? (
    <Button type="primary" onClick={() => setMaking(true)}>
      {words.add}
    </Button>
  ) : null;
  return (
    <Guarded by="batches.read">
      <Page title={words.title} lead={words.lead} actions={add}>
        <ListTable
          name="GET /v1/card-batches"
          parts={{}}
          columns={useBatchColumns(setReleasing)}
          rowKey={({ id }) => id}
          filename="batches"
          empty={<Nothing text={words.nothing} action={add} />}
          everyMs={(batches) => (batches.some(isUnderWay) ? lookEveryMs : false)}
        />
        {isMaking ? <MakeBatch onClose={() => setMaking(false)} /> : null}
        {releasing === undefined ? null : (
          <ReleaseBatch batch={releasing} onClose={() => setReleasing(undefined)} />
        )}
      </Page>
    </Guarded>
  );
}

function isUnderWay({ status }: Batch): boolean {
  return status === 'pending' || status === 'running';
}

function useBatchColumns(onRelease: (batch: Batch) => void): readonly Column<Batch>[] {
  const words = useWords(batchWords);
  const kit = useWords(kitWords);
  const programName = useProgramName();
  const { currency } = useSession().merchant;
  const mayRelease = useMay('batches.release');
  return [
    {
      key: 'id',
      title: words.batch,
      show: ({ id }) => (
        <Link to={`/batches/${id}`} className="mono">
          …{id.slice(-6)}
        </Link>
      ),
      cell: ({ id }) => id,
    },
    textColumn({ key: 'program', title: words.program }, ({ programId }) => programName(programId)),
    moneyColumn(
      { key: 'faceValue', title: words.faceValue },
      ({ faceValue }) => faceValue,
      () => currency,
    ),
    {
      key: 'quantity',
      title: words.quantity,
      align: 'right',
      show: ({ quantity }) => <span className="money">{quantity.toLocaleString()}</span>,
      cell: ({ quantity }) => quantity,
    },
    {
      key: 'serials',
      title: words.serials,
      show: ({ firstSerial, lastSerial }) => (
        <span className="mono">
          {firstSerial}–{lastSerial}
        </span>
      ),
      cell: ({ firstSerial, lastSerial }) => `${firstSerial}-${lastSerial}`,
    },
    {
      key: 'status',
      title: words.progress,
      width: 150,
      show: (batch) => <BatchProgress batch={batch} />,
      cell: ({ status }) => words[status],
    },
    {
      key: 'released',
      title: words.released,
      show: (batch) => {
        if (batch.releasedAt !== null) return <Moment at={batch.releasedAt} />;
        if (batch.status !== 'ready' || !mayRelease) return <span className="soft">{words.notReleased}</span>;
        return <Button onClick={() => onRelease(batch)}>{words.release}</Button>;
      },
      cell: ({ releasedAt }) => releasedAt,
    },
    momentColumn({ key: 'created', title: kit.created }, ({ createdAt }) => createdAt),
    {
      key: 'cards',
      title: '',
      show: ({ id }) => (
        <Link to="/cards" search={{ batchId: id }}>
          {words.seeCards}
        </Link>
      ),
      cell: () => null,
    },
  ];
}

function BatchProgress({ batch }: { readonly batch: Batch }) {
  const words = useWords(batchWords);
  if (batch.status === 'ready') return <span className="mark good">{words.ready}</span>;
  if (batch.status === 'failed')
    return (
      <span className="mark stop" title={batch.failure ?? ''}>
        {words.failed}
      </span>
    );
  const percent = Math.floor((100 * batch.done) / batch.quantity);
  return (
    <div>
      <Progress percent={percent} size="small" aria-label={words[batch.status]} />
      <span className="soft small">
        {words[batch.status]} {batch.done.toLocaleString()} / {batch.quantity.toLocaleString()}
      </span>
    </div>
  );
}
