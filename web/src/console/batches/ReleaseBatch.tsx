import { Alert, Checkbox, Form } from 'antd';
import type { ItemOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { saveFile } from '../kit/export.ts';
import { batchWords } from './words.ts';

type Batch = ItemOf<'GET /v1/card-batches'>;

/** Hands out the codes of a batch, once, to somebody who knows what that means. */
export function ReleaseBatch({ batch, onClose }: { readonly batch: Batch; readonly onClose: () => void }) {
  const words = useWords(batchWords);
  const release = useCommand('POST /v1/card-batches/{id}/release');
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
      done={() => <Alert type="success" showIcon title={words.releaseDone} />}
    >
      <Alert className="explain" type="warning" showIcon title={words.releaseWhy} />
      <Form.Item
        name="custody"
        valuePropName="checked"
        rules={[
          {
            validator: (_rule, ticked: boolean | undefined) =>
              ticked === true ? Promise.resolve() : Promise.reject(new Error(words.confirmFirst)),
          },
        ]}
      >
        <Checkbox>{words.releaseCustody}</Checkbox>
      </Form.Item>
    </ActionDialog>
  );
}
