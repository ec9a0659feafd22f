import { Form, InputNumber, Select } from 'antd';
import { useWords } from '../../ui/words.ts';
import { kitWords } from '../words.ts';
import { planWords } from './words.ts';

/** So many days, months or years. */
export function SpanFields({ path }: { readonly path: (string | number)[] }) {
  const words = useWords(planWords);
  const kit = useWords(kitWords);
  return (
    <div className="inline">
      <Form.Item
        name={[...path, 'count']}
        label={words.count}
        rules={[{ required: true, message: kit.required }]}
      >
        <InputNumber min={1} max={1200} precision={0} />
      </Form.Item>
      <Form.Item name={[...path, 'unit']} label={words.unit}>
        <Select
          options={(['days', 'months', 'years'] as const).map((unit) => ({
            value: unit,
            label: words[unit],
          }))}
        />
      </Form.Item>
    </div>
  );
}
