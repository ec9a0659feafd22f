import { Alert, Space, Switch, Table } from 'antd';
import type { AnswerOf } from '../../../api/client.ts';
import { useAsk, useCommand } from '../../../ui/asking.ts';
import { useMay } from '../../../ui/session.ts';
import { localeOf, useLanguage, useWords } from '../../../ui/words.ts';
import { Moment } from '../../kit/columns.tsx';
import { ErrorNote, Nothing } from '../../kit/Notes.tsx';
import { useStoreName } from '../../kit/names.ts';
import { OpensDialog } from '../../kit/OpensDialog.tsx';
import { Panel } from '../../kit/Page.tsx';
import { WideTable } from '../../kit/WideTable.tsx';
import { AllocateCards, RecallCards, ReceiveCards } from './MoveCards.tsx';
import { custodyWords } from './words.ts';

type Batch = AnswerOf<'GET /v1/card-batches/{id}'>;
type Kept = AnswerOf<'GET /v1/card-batches/{id}/custody'>;
type Range = Kept['items'][number];

/** Where the cards of a batch are, how many are where, and what moves them. */
export function Custody({ batch }: { readonly batch: Batch }) {
  const words = useWords(custodyWords);
  const may = useMay('custody.manage');
  const { data } = useAsk('GET /v1/card-batches/{id}/custody', { params: { id: batch.id } });
  const isPrinted = batch.releasedAt !== null;
  if (!data) return null;
  const hq = data.items.find(({ place }) => place === 'hq');
  const actions =
    may && isPrinted ? (
      <Space wrap>
        <OpensDialog text={words.receive}>
          {(close) => <ReceiveCards batchId={batch.id} range={nextToReceive(batch, data)} onClose={close} />}
        </OpensDialog>
        {hq ? (
          <OpensDialog text={words.allocate}>
            {(close) => <AllocateCards batchId={batch.id} range={hq} onClose={close} />}
          </OpensDialog>
        ) : null}
      </Space>
    ) : null;
  return (
    <>
      <Panel title={words.title} extra={actions}>
        <p className="soft explain">{words.lead}</p>
        {isPrinted ? null : <Alert className="explain" type="info" title={words.notPrinted} />}
        <OnlyHeld />
      </Panel>
      {data.items.length === 0 ? null : (
        <>
          <Counts kept={data} />
          <Ranges batch={batch} items={data.items} />
        </>
      )}
    </>
  );
}

/** What most likely has just come: what a store sent back, or else all that has not come yet. */
function nextToReceive(batch: Batch, { items }: Kept): Pick<Range, 'from' | 'to'> {
  const back = items.find(({ place }) => place === 'returning');
  const last = items.at(-1);
  if (back || !last) return back ?? { from: batch.firstSerial, to: batch.lastSerial };
  const next = String(BigInt(last.to) + 1n).padStart(last.to.length, '0');
  return next > batch.lastSerial ? { from: '', to: '' } : { from: next, to: batch.lastSerial };
}

function OnlyHeld() {
  const words = useWords(custodyWords);
  const may = useMay('custody.manage');
  const { data } = useAsk('GET /v1/custody-rule', {});
  const save = useCommand('PATCH /v1/custody-rule');
  if (!data) return null;
  return (
    <>
      <Space align="start" className="explain">
        <Switch
          id="only-held"
          aria-label={words.onlyHeld}
          checked={data.sellOnlyHeld}
          disabled={!may}
          loading={save.isPending}
          onChange={(sellOnlyHeld) => save.mutate({ body: { sellOnlyHeld } })}
        />
        <label htmlFor="only-held">
          {words.onlyHeld}
          <br />
          <span className="soft small">{words.onlyHeldWhy}</span>
        </label>
      </Space>
      <ErrorNote error={save.error} />
    </>
  );
}

type Count = {
  readonly where: string;
  readonly held: number;
  readonly sold: number;
  readonly sent: number;
  readonly back: number;
};

function Counts({ kept }: { readonly kept: Kept }) {
  const words = useWords(custodyWords);
  const locale = localeOf(useLanguage());
  const storeName = useStoreName();
  const sum = (items: readonly Range[], of: (range: Range) => number) =>
    items.reduce((total, range) => total + of(range), 0);
  const countOf = (where: string, items: readonly Range[]): Count => {
    const at = (place: Range['place']) => items.filter((range) => range.place === place);
    const here = [...at('held'), ...at('hq')];
    return {
      where,
      held: sum(here, ({ quantity, sold }) => quantity - sold),
      sold: sum(here, ({ sold }) => sold),
      sent: sum(at('sent'), ({ quantity }) => quantity),
      back: sum(at('returning'), ({ quantity }) => quantity),
    };
  };
  const storeIds = [...new Set(kept.items.flatMap(({ storeId }) => storeId ?? []))];
  const missing = kept.quantity - kept.received;
  const rows: readonly Count[] = [
    countOf(
      words.hq,
      kept.items.filter(({ place }) => place === 'hq'),
    ),
    ...storeIds.map((id) =>
      countOf(
        storeName(id),
        kept.items.filter(({ storeId }) => storeId === id),
      ),
    ),
    ...(missing > 0 ? [{ where: words.notReceived, held: 0, sold: 0, sent: missing, back: 0 }] : []),
  ];
  const column = (title: string, of: (count: Count) => number) => ({
    title,
    align: 'right' as const,
    render: (_: unknown, count: Count) => <span className="money">{of(count).toLocaleString(locale)}</span>,
  });
  return (
    <Panel flush title={words.byStore}>
      <WideTable>
        <Table
          size="small"
          pagination={false}
          rowKey={({ where }) => where}
          dataSource={[...rows]}
          columns={[
            { title: words.place, dataIndex: 'where' },
            column(words.unsold, ({ held }) => held),
            column(words.sold, ({ sold }) => sold),
            column(words.onTheWay, ({ sent }) => sent),
            column(words.back, ({ back }) => back),
          ]}
        />
      </WideTable>
    </Panel>
  );
}

const tones = { hq: 'quiet', sent: 'look', held: 'good', returning: 'look' } as const;

function Ranges({ batch, items }: { readonly batch: Batch; readonly items: readonly Range[] }) {
  const words = useWords(custodyWords);
  const locale = localeOf(useLanguage());
  const storeName = useStoreName();
  const may = useMay('custody.manage');
  return (
    <Panel flush title={words.ranges}>
      <WideTable>
        <Table
          size="small"
          rowKey={({ from }) => from}
          dataSource={[...items]}
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          locale={{ emptyText: <Nothing text={words.none} /> }}
          columns={[
            {
              title: words.range,
              render: (_, { from, to }) => <span className="mono">{`${from}–${to}`}</span>,
            },
            {
              title: words.cards,
              align: 'right',
              render: (_, { quantity }) => <span className="money">{quantity.toLocaleString(locale)}</span>,
            },
            {
              title: words.place,
              render: (_, { place }) => <span className={`mark ${tones[place]}`}>{words[place]}</span>,
            },
            { title: words.store, render: (_, { storeId }) => (storeId === null ? '–' : storeName(storeId)) },
            { title: words.since, render: (_, { since }) => <Moment at={since} /> },
            {
              title: '',
              render: (_, range) =>
                may && range.place === 'sent' ? (
                  <OpensDialog text={words.recall}>
                    {(close) => <RecallCards batchId={batch.id} range={range} onClose={close} />}
                  </OpensDialog>
                ) : null,
            },
          ]}
        />
      </WideTable>
    </Panel>
  );
}
