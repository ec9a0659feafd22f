import { Alert, Button, Form, Input } from 'antd';
import { useCommand } from '../../ui/asking.ts';
import { useWords } from '../../ui/words.ts';
import { ErrorNote } from '../kit/Notes.tsx';
import { Panel } from '../kit/Page.tsx';
import { securityWords } from './words.ts';

/** The digits that one signs in by on a paired device. */
export function CounterPin() {
  const words = useWords(securityWords);
  const keep = useCommand('POST /v1/session/device-pin');
  const [form] = Form.useForm<{ pin: string }>();
  return (
    <Panel title={words.pinTitle}>
      <p className="soft small">{words.pinWhy}</p>
      <Form<{ pin: string }>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ pin }) => keep.mutate({ body: { pin } }, { onSuccess: () => form.resetFields() })}
      >
        <Form.Item
          name="pin"
          label={words.pinDigits}
          rules={[{ required: true, pattern: /^\d{6}$/, message: words.pinBad }]}
        >
          <Input type="password" inputMode="numeric" autoComplete="off" maxLength={6} />
        </Form.Item>
        <ErrorNote error={keep.error} />
        {keep.isSuccess ? <Alert className="explain" type="success" title={words.pinIsSet} /> : null}
        <Button htmlType="submit" loading={keep.isPending}>
          {words.pinSet}
        </Button>
      </Form>
    </Panel>
  );
}
