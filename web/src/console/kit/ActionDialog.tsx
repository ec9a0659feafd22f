import { Button, Form } from 'antd';
import { type ReactNode, useState } from 'react';
import { type Answered, newKey, Unanswered } from '../../api/client.ts';
import { approvalIn } from '../../ui/waiting/approval.ts';
import { useWords } from '../../ui/words.ts';
import { kitWords } from '../words.ts';
import { Dialog } from './Dialog.tsx';
import { ErrorNote } from './Notes.tsx';
import { Waits } from './Waits.tsx';

type Props<Values extends object, Answer> = {
  readonly title: string;
  readonly children: ReactNode;
  readonly initial?: Partial<Values>;
  readonly action: string;
  readonly danger?: boolean;
  /** Does it. The key is the same for every attempt at the same thing. */
  readonly submit: (values: Values, idempotencyKey: string) => Promise<Answered<Answer>>;
  readonly onClose: () => void;
  /** What to show when it is done; without it the dialog closes. */
  readonly done?: (answer: Answer) => ReactNode;
  /** What waits for a second person is shown by `done` as well: a secret that is good once it was approved. */
  readonly showsWaiting?: boolean;
};

/** A form that does one thing, and stays until it is known what came of it. */
export function ActionDialog<Values extends object, Answer>(props: Props<Values, Answer>) {
  const {
    title,
    children,
    initial,
    action,
    danger = false,
    submit,
    onClose,
    done,
    showsWaiting = false,
  } = props;
  const words = useWords(kitWords);
  const [form] = Form.useForm<Values>();
  const [key, setKey] = useState(newKey);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const [answered, setAnswered] = useState<Answered<Answer>>();
  const approvalId = answered && approvalIn(answered.status, answered.body);
  const isUnanswered = error instanceof Unanswered;
  const run = async (values: Values) => {
    setBusy(true);
    try {
      const answer = await submit(values, key);
      setAnswered(answer);
      if (approvalIn(answer.status, answer.body) === undefined && !done) onClose();
      setError(null);
    } catch (cause) {
      // What was refused is over; what was not answered is asked again as it was, under the same key.
      if (!(cause instanceof Unanswered)) setKey(newKey());
      setError(cause instanceof Error ? cause : new Error(String(cause)));
    } finally {
      setBusy(false);
    }
  };
  const close = (
    <Button key="close" type="primary" onClick={onClose}>
      {words.done}
    </Button>
  );
  const buttons = [
    <Button key="cancel" onClick={onClose}>
      {words.cancel}
    </Button>,
    <Button key="ok" type="primary" danger={danger} loading={busy} onClick={() => form.submit()}>
      {action}
    </Button>,
  ];
  return (
    <Dialog title={title} onCancel={onClose} footer={answered ? close : buttons} mask={{ closable: false }}>
      {answered ? (
        <>
          {approvalId === undefined ? null : <Waits approvalId={approvalId} />}
          {approvalId === undefined || showsWaiting ? done?.(answered.body) : null}
        </>
      ) : (
        <Form<Values>
          form={form}
          layout="vertical"
          requiredMark={false}
          {...(initial ? { initialValues: initial } : {})}
          disabled={busy || isUnanswered}
          onFinish={(values) => void run(values)}
        >
          {children}
          <ErrorNote error={error} />
        </Form>
      )}
    </Dialog>
  );
}
