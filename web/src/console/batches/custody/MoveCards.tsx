import { Form, Input, Select } from 'antd';
import { useCommand } from '../../../ui/asking.ts';
import { useWords } from '../../../ui/words.ts';
import { ActionDialog } from '../../kit/ActionDialog.tsx';
import { useStores } from '../../kit/names.ts';
import { kitWords } from '../../words.ts';
import { custodyWords } from './words.ts';

type Values = { readonly from: string; readonly to: string; readonly storeId: string };
type Props = {
  readonly batchId: string;
  /** What the fields say at first. */
  readonly range: { readonly from: string; readonly to: string; readonly storeId?: string | null };
  readonly onClose: () => void;
};

const initialOf = ({ from, to }: Props['range']) => ({ from, to });

/** Takes cards in at HQ. */
export function ReceiveCards({ batchId, range, onClose }: Props) {
  const words = useWords(custodyWords);
  const receive = useCommand('POST /v1/card-batches/{id}/custody/receive');
  return (
    <ActionDialog<Values, unknown>
      title={words.receive}
      action={words.receive}
      initial={initialOf(range)}
      submit={({ from, to }, idempotencyKey) =>
        receive.mutateAsync({ params: { id: batchId }, body: { from, to }, idempotencyKey })
      }
      onClose={onClose}
    >
      <p className="soft explain">{words.receiveWhy}</p>
      <Serials />
    </ActionDialog>
  );
}

/** Sends cards to a store. */
export function AllocateCards({ batchId, range, onClose }: Props) {
  const words = useWords(custodyWords);
  const kit = useWords(kitWords);
  const allocate = useCommand('POST /v1/card-batches/{id}/custody/allocate');
  const stores = useStores().filter(({ state }) => state === 'open');
  return (
    <ActionDialog<Values, unknown>
      title={words.allocate}
      action={words.allocate}
      initial={initialOf(range)}
      submit={({ from, to, storeId }, idempotencyKey) =>
        allocate.mutateAsync({
          params: { id: batchId },
          body: { from, to, toStoreId: storeId },
          idempotencyKey,
        })
      }
      onClose={onClose}
    >
      <p className="soft explain">{words.allocateWhy}</p>
      <Form.Item name="storeId" label={words.store} rules={[{ required: true, message: kit.required }]}>
        <Select options={stores.map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
      <Serials />
    </ActionDialog>
  );
}

/** Takes back what a store has not confirmed. */
export function RecallCards({ batchId, range, onClose }: Props) {
  const words = useWords(custodyWords);
  const recall = useCommand('POST /v1/card-batches/{id}/custody/recall');
  return (
    <ActionDialog<Values, unknown>
      title={words.recall}
      action={words.recall}
      initial={initialOf(range)}
      submit={({ from, to }, idempotencyKey) =>
        recall.mutateAsync({
          params: { id: batchId },
          body: { from, to, toStoreId: range.storeId ?? '' },
          idempotencyKey,
        })
      }
      onClose={onClose}
    >
      <p className="soft explain">{words.recallWhy}</p>
      <Serials />
    </ActionDialog>
  );
}

function Serials() {
  const words = useWords(custodyWords);
  const rules = [{ required: true, pattern: /^\d{1,15}$/, message: words.digits }];
  return (
    <>
      {(['from', 'to'] as const).map((field) => (
        <Form.Item key={field} name={field} label={words[field]} rules={rules}>
          <Input className="mono" inputMode="numeric" autoComplete="off" />
        </Form.Item>
      ))}
    </>
  );
}
