import { Alert, Button, Checkbox, Form } from 'antd';
import { useState } from 'react';
import { useCommand } from '../../ui/asking.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { ReasonField } from '../kit/fields.tsx';
import { Sums } from './Figures.tsx';
import type { Import } from './ImportState.tsx';
import { columnWords, verbWords } from './words.ts';

type Dialog = { readonly one: Import; readonly onClose: () => void };
type Props = Pick<Dialog, 'one'> & { readonly isChanging: boolean; readonly onChange: () => void };

const unapplied: readonly Import['state'][] = ['reading', 'read', 'checking', 'checked'];

/** What can be done with an import as it stands. */
export function Verbs({ one, isChanging, onChange }: Props) {
  const words = useWords(verbWords);
  const columns = useWords(columnWords);
  const [open, setOpen] = useState<'apply' | 'reverse' | 'cancel'>();
  const close = () => setOpen(undefined);
  const { state, found } = one;
  const isReady = state === 'checked' && !isChanging;
  return (
    <>
      {isReady ? (
        <Button type="primary" disabled={found.good === 0} onClick={() => setOpen('apply')}>
          {words.applyRows(found.good.toLocaleString())}
        </Button>
      ) : null}
      {isReady ? <Button onClick={onChange}>{columns.change}</Button> : null}
      {state === 'applied' ? (
        <Button danger onClick={() => setOpen('reverse')}>
          {words.reverse}
        </Button>
      ) : null}
      {unapplied.includes(state) ? <Button onClick={() => setOpen('cancel')}>{words.cancel}</Button> : null}
      {open === 'apply' ? <Apply one={one} onClose={close} /> : null}
      {open === 'reverse' ? <Reverse one={one} onClose={close} /> : null}
      {open === 'cancel' ? <Cancel one={one} onClose={close} /> : null}
    </>
  );
}

function Apply({ one, onClose }: Dialog) {
  const words = useWords(verbWords);
  const locale = localeOf(useLanguage());
  const apply = useCommand('POST /v1/imports/{id}/apply');
  const { good, bad } = one.found;
  return (
    <ActionDialog<{ skipBad?: boolean }, unknown>
      title={words.applyRows(good.toLocaleString(locale))}
      action={words.apply}
      submit={({ skipBad = false }, idempotencyKey) =>
        apply.mutateAsync({ params: { id: one.id }, body: { skipBad }, idempotencyKey })
      }
      onClose={onClose}
    >
      {one.kind === 'members' ? <p className="under">{words.applyWhy}</p> : null}
      <div className="figures under">
        <Sums one={one} sums={one.found} />
      </div>
      {bad > 0 ? (
        <Form.Item
          name="skipBad"
          valuePropName="checked"
          rules={[
            {
              validator: (_rule, ticked: boolean | undefined) =>
                ticked === true ? Promise.resolve() : Promise.reject(new Error(words.leaveOutFirst)),
            },
          ]}
        >
          <Checkbox>{words.leaveOut(bad.toLocaleString(locale))}</Checkbox>
        </Form.Item>
      ) : null}
    </ActionDialog>
  );
}

function Reverse({ one, onClose }: Dialog) {
  const words = useWords(verbWords);
  const reverse = useCommand('POST /v1/imports/{id}/reverse');
  return (
    <ActionDialog<{ reason: string }, unknown>
      title={words.reverse}
      action={words.reverse}
      danger
      submit={({ reason }, idempotencyKey) =>
        reverse.mutateAsync({ params: { id: one.id }, body: { reason }, idempotencyKey })
      }
      onClose={onClose}
    >
      <Alert className="explain" type="warning" showIcon title={words.reverseWhy} />
      <ReasonField max={200} />
    </ActionDialog>
  );
}

function Cancel({ one, onClose }: Dialog) {
  const words = useWords(verbWords);
  const cancel = useCommand('POST /v1/imports/{id}/cancel');
  return (
    <ActionDialog<object, unknown>
      title={words.cancel}
      action={words.cancel}
      danger
      submit={(_values, idempotencyKey) =>
        cancel.mutateAsync({ params: { id: one.id }, body: {}, idempotencyKey })
      }
      onClose={onClose}
    >
      <p>{words.cancelWhy}</p>
    </ActionDialog>
  );
}
