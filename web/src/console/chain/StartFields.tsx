import { Form, Input } from 'antd';
import { useWords } from '../../ui/words.ts';
import { TextField } from '../kit/fields.tsx';
import { acceptanceWords } from './words.ts';

/** From when on what was laid down holds, and why it was. */
export function StartFields() {
  const words = useWords(acceptanceWords);
  return (
    <div className="pair">
      <Form.Item name="from" label={words.start} extra={words.startWhy}>
        <Input type="date" />
      </Form.Item>
      <TextField name="note" label={words.note} max={500} optional />
    </div>
  );
}
