import { Button, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { ask } from '../../api/client.ts';
import { Icon } from '../../ui/icons.tsx';
import { useWords } from '../../ui/words.ts';
import { MemberName } from '../kit/members.tsx';
import { ErrorNote } from '../kit/Notes.tsx';
import type { Draft, Given } from './terms.ts';
import { dividendWords } from './words.ts';

/** Members who take part, each with a weight; they are found by phone number. */
export function GivenFields() {
  const words = useWords(dividendWords);
  const form = Form.useFormInstance<Draft>();
  return (
    <Form.List
      name="given"
      rules={[
        {
          validator: (_rule, all: readonly Given[] | undefined) =>
            all && all.length > 0 ? Promise.resolve() : Promise.reject(new Error(words.needMembers)),
        },
      ]}
    >
      {(fields, { add, remove }, { errors }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} className="given-row">
              <span>
                <MemberName id={form.getFieldValue(['given', name, 'memberId'])} link={false} />
              </span>
              <Form.Item name={[name, 'weight']} label={words.weight}>
                <InputNumber min={1} max={1_000_000_000} precision={0} />
              </Form.Item>
              <Button
                type="text"
                aria-label={words.removeMember}
                icon={<Icon name="cross" size={16} />}
                onClick={() => remove(name)}
              />
            </div>
          ))}
          <FindMember onFound={(memberId) => add({ memberId, weight: 1 })} />
          <Form.ErrorList errors={errors} />
        </>
      )}
    </Form.List>
  );
}

function FindMember({ onFound }: { readonly onFound: (memberId: string) => void }) {
  const words = useWords(dividendWords);
  const form = Form.useFormInstance<Draft>();
  const [phone, setPhone] = useState('');
  const [said, setSaid] = useState('');
  const [error, setError] = useState<Error | null>(null);
  const find = async () => {
    setSaid('');
    setError(null);
    try {
      const { body } = await ask('GET /v1/members', { query: { phone: phone.replaceAll(/\s/g, '') } });
      const memberId = body.items[0]?.id;
      const all: readonly Given[] = form.getFieldValue('given') ?? [];
      if (memberId === undefined) setSaid(words.nobody);
      else if (all.some((one) => one.memberId === memberId)) setSaid(words.alreadyIn);
      else {
        onFound(memberId);
        setPhone('');
      }
    } catch (cause) {
      setError(cause instanceof Error ? cause : new Error(String(cause)));
    }
  };
  return (
    <>
      <Input.Search
        className="filter wide"
        aria-label={words.phone}
        placeholder={words.phone}
        inputMode="tel"
        value={phone}
        enterButton={words.addMember}
        onChange={(event) => setPhone(event.target.value)}
        onPressEnter={(event) => event.preventDefault()}
        onSearch={(text) => {
          if (text.trim() !== '') void find();
        }}
      />
      {said === '' ? null : <p className="soft">{said}</p>}
      <ErrorNote error={error} />
    </>
  );
}
