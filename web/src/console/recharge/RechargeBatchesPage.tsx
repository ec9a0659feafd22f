import { Link } from '@tanstack/react-router';
import { Alert, Button, Checkbox, Form, Progress, Space } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { batchWords } from '../batches/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { type Column, Moment, momentColumn, moneyColumn, textColumn } from '../kit/columns.tsx';
import { saveFile } from '../kit/export.ts';
import { ReasonField } from '../kit/fields.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { Page } from '../kit/Page.tsx';
import { kitWords } from '../words.ts';
import { MakeRecharge } from './MakeRecharge.tsx';
import { rechargeWords } from './words.ts';

type Batch = ItemOf<'GET /v1/recharge-card-batches'>;
type Asked = { readonly what: 'release' | 'void'; readonly batch: Batch };

const lookEveryMs = 1_500;
const isUnderWay = ({ status }: Batch) => status === 'pending' || status === 'running';

/** Batches of recharge cards: how far they are, handed out once, void all at once. */
export function RechargeBatchesPage() {
  const words = useWords(rechargeWords);
  const may = useMay('rechargecards.make');
  const [isMaking, setMaking] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const add = may ? (
    <Button type="primary" onClick={() => setMaking(true)}>
      {words.add}
    </Button>
  ) : null;
  const close = () => setAsked(undefined);
  return (
    <Guarded by="rechargecards.read">
      <Page title={words.title} lead={words.lead} actions={add}>
        <ListTable
          name="GET /v1/recharge-card-batches"
          parts={{}}
          columns={useBatchColumns(setAsked)}
          rowKey={({ id }) => id}
          filename="recharge-card-batches"
          empty={<Nothing text={words.nothing} action={add} />}
          everyMs={(batches) => (batches.some(isUnderWay) ? lookEveryMs : false)}
        />
        {isMaking ? <MakeRecharge onClose={() => setMaking(false)} /> : null}
        {asked?.what === 'release' ? <Release batch={asked.batch} onClose={close} /> : null}
        {asked?.what === 'void' ? <VoidAll batch={asked.batch} onClose={close} /> : null}
      </Page>
    </Guarded>
  );
}

function useBatchColumns(ask: (asked: Asked) => void): readonly Column<Batch>[] {
  const words = useWords(rechargeWords);
  const states = useWords(batchWords);
  const kit = useWords(kitWords);
  const mayRelease = useMay('rechargecards.release');
  const mayVoid = useMay('rechargecards.make');
  const currencyOf = ({ currency }: Batch) => currency;
  return [
    textColumn({ key: 'name', title: words.name }, ({ name }) => name),
    {
      key: 'prefix',
      title: words.prefix,
      show: ({ prefix }) => <span className="mono">{prefix}</span>,
      cell: ({ prefix }) => prefix,
    },
    moneyColumn({ key: 'face', title: words.faceValue }, ({ faceValue }) => faceValue, currencyOf),
    moneyColumn({ key: 'price', title: words.salePrice }, ({ salePrice }) => salePrice, currencyOf),
    moneyColumn({ key: 'bonus', title: words.bonus }, ({ bonus }) => bonus, currencyOf),
    {
      key: 'status',
      title: words.progress,
      width: 160,
      show: (batch) => <Made batch={batch} />,
      cell: ({ status }) => states[status],
    },
    textColumn({ key: 'activation', title: words.activation }, ({ activation }) => words[activation]),
    {
      key: 'released',
      title: words.released,
      show: (batch) => {
        if (batch.releasedAt !== null) return <Moment at={batch.releasedAt} />;
        const isReady = batch.status === 'ready' && batch.voidedAt === null;
        if (!isReady || !mayRelease) return <span className="soft">{states.notReleased}</span>;
        return <Button onClick={() => ask({ what: 'release', batch })}>{words.release}</Button>;
      },
      cell: ({ releasedAt }) => releasedAt,
    },
    momentColumn({ key: 'created', title: kit.created }, ({ createdAt }) => createdAt),
    {
      key: 'verbs',
      title: '',
      show: (batch) => (
        <Space size={0}>
          <Link to="/recharge-cards" search={{ batchId: batch.id }}>
            {words.seeCards}
          </Link>
          {mayVoid && batch.voidedAt === null ? (
            <Button type="link" size="small" danger onClick={() => ask({ what: 'void', batch })}>
              {words.void}
            </Button>
          ) : null}
        </Space>
      ),
      cell: () => null,
    },
  ];
}

function Made({ batch }: { readonly batch: Batch }) {
  const words = useWords(rechargeWords);
  const states = useWords(batchWords);
  const count = batch.quantity.toLocaleString();
  if (batch.voidedAt !== null) return <span className="mark stop">{words.voided}</span>;
  if (batch.status === 'failed') return <span className="mark stop">{states.failed}</span>;
  if (batch.status === 'ready')
    return (
      <span>
        <span className="mark good">{states.ready}</span> <span className="money">{count}</span>
      </span>
    );
  return (
    <div>
      <Progress
        percent={Math.floor((100 * batch.done) / batch.quantity)}
        size="small"
        aria-label={states[batch.status]}
      />
      <span className="soft small">
        {states[batch.status]} {batch.done.toLocaleString()} / {count}
      </span>
    </div>
  );
}

type Dialog = { readonly batch: Batch; readonly onClose: () => void };

function Release({ batch, onClose }: Dialog) {
  const words = useWords(rechargeWords);
  const codes = useWords(batchWords);
  const release = useCommand('POST /v1/recharge-card-batches/{id}/release');
  return (
    <ActionDialog<{ custody: boolean }, unknown>
      title={words.release}
      action={words.release}
      danger
      submit={async (_values, idempotencyKey) => {
        const answered = await release.mutateAsync({ params: { id: batch.id }, body: {}, idempotencyKey });
        if (answered.status === 200)
          saveFile(new Blob([answered.body], { type: 'text/csv;charset=utf-8' }), `${batch.id}.csv`);
        return answered;
      }}
      onClose={onClose}
      done={() => <Alert type="success" showIcon title={codes.releaseDone} />}
    >
      <Alert className="explain" type="warning" showIcon title={words.releaseWhy} />
      <Form.Item
        name="custody"
        valuePropName="checked"
        rules={[
          {
            validator: (_rule, ticked: boolean | undefined) =>
              ticked === true ? Promise.resolve() : Promise.reject(new Error(codes.confirmFirst)),
          },
        ]}
      >
        <Checkbox>{codes.releaseCustody}</Checkbox>
      </Form.Item>
    </ActionDialog>
  );
}

function VoidAll({ batch, onClose }: Dialog) {
  const words = useWords(rechargeWords);
  const voidAll = useCommand('POST /v1/recharge-card-batches/{id}/void');
  return (
    <ActionDialog<{ reason: string }, unknown>
      title={`${words.void} · ${batch.name}`}
      action={words.void}
      danger
      submit={({ reason }, idempotencyKey) =>
        voidAll.mutateAsync({ params: { id: batch.id }, body: { reason }, idempotencyKey })
      }
      onClose={onClose}
    >
      <Alert className="explain" type="warning" showIcon title={words.voidWhy} />
      <ReasonField />
    </ActionDialog>
  );
}
