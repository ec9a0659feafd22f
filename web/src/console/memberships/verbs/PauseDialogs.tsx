import { Form, InputNumber } from 'antd';
import { useCommand } from '../../../ui/asking.ts';
import { useWords } from '../../../ui/words.ts';
import { ActionDialog } from '../../kit/ActionDialog.tsx';
import { kitWords } from '../../words.ts';
import type { DialogProps } from '../overview.ts';
import { membershipWords } from '../words.ts';
import { StoreField, storeOf } from './fields.tsx';

/** Lets a membership rest; it ends as much later. */
export function PauseDialog({ overview: { membership }, onClose }: DialogProps) {
  const words = useWords(membershipWords);
  const kit = useWords(kitWords);
  const pause = useCommand('POST /v1/memberships/{id}/pause');
  if (!membership) return null;
  return (
    <ActionDialog<{ storeId: string; days: number }, unknown>
      title={words.pause}
      action={words.pause}
      initial={{ ...storeOf(membership), days: 7 }}
      submit={(body, idempotencyKey) =>
        pause.mutateAsync({ params: { id: membership.id }, body, idempotencyKey })
      }
      onClose={onClose}
    >
      <Form.Item name="days" label={words.pauseDays} rules={[{ required: true, message: kit.required }]}>
        <InputNumber min={1} max={3660} precision={0} />
      </Form.Item>
      <StoreField />
    </ActionDialog>
  );
}

/** Ends a pause before its time. */
export function ResumeDialog({ overview: { membership }, onClose }: DialogProps) {
  const words = useWords(membershipWords);
  const resume = useCommand('POST /v1/memberships/{id}/resume');
  if (!membership) return null;
  return (
    <ActionDialog<{ storeId: string }, unknown>
      title={words.resume}
      action={words.resume}
      initial={storeOf(membership)}
      submit={(body, idempotencyKey) =>
        resume.mutateAsync({ params: { id: membership.id }, body, idempotencyKey })
      }
      onClose={onClose}
    >
      <p className="soft">{words.resumeWhy}</p>
      <StoreField />
    </ActionDialog>
  );
}
