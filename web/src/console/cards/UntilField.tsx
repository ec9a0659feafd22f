import { Form, Input } from 'antd';
import { useWords } from '../../ui/words.ts';
import { kitWords } from '../words.ts';

/** A day on the merchant's calendar. */
export function UntilField({ name, label }: { readonly name: string; readonly label: string }) {
  const kit = useWords(kitWords);
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, message: kit.required }]}>
      <Input type="date" />
    </Form.Item>
  );
}
