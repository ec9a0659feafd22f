import { Checkbox, Form } from 'antd';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { TextField } from '../kit/fields.tsx';
import { filledIn, ProfileFields, type ProfileValues, tagsIn } from './ProfileFields.tsx';
import { memberWords } from './words.ts';

type Values = ProfileValues & {
  readonly phone: string;
  readonly name?: string;
  readonly cardNumber?: string;
  readonly service?: boolean;
  readonly marketing?: boolean;
};

/** Enrols whoever has a number, with all that is kept of them, once they agreed to the terms. */
export function EnrolDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(memberWords);
  const enrol = useCommand('POST /v1/members');
  const merchant = useAsk('GET /v1/merchant', {});
  const fields = useAsk('GET /v1/member-fields', {}).data?.fields ?? [];
  const agreed = (_rule: unknown, isGiven: boolean | undefined) =>
    isGiven ? Promise.resolve() : Promise.reject(new Error(words.serviceFirst));
  return (
    <ActionDialog<Values, unknown>
      title={words.add}
      action={words.add}
      submit={(values, idempotencyKey) => {
        const { phone, name = '', cardNumber = '', marketing = false } = values;
        const [tags, birthday] = [tagsIn(values), values.birthday?.trim() ?? ''];
        const own = filledIn(values.fields);
        const body = {
          phone: phone.trim(),
          consent: { textVersion: merchant.data?.termsVersion ?? 1, marketing },
          ...(name.trim() === '' ? {} : { name: name.trim() }),
          ...(cardNumber.trim() === '' ? {} : { cardNumber: cardNumber.trim() }),
          ...(tags.length === 0 ? {} : { tags }),
          ...(birthday === '' ? {} : { birthday }),
          ...(Object.keys(own).length === 0 ? {} : { fields: own }),
        };
        return enrol.mutateAsync({ body, idempotencyKey });
      }}
      onClose={onClose}
    >
      <TextField name="phone" label={words.phone} max={20} />
      <TextField name="name" label={words.name} optional max={100} />
      <TextField name="cardNumber" label={words.cardNumber} hint={words.cardNumberDrawn} optional max={40} />
      <ProfileFields fields={fields} />
      <Form.Item name="service" valuePropName="checked" rules={[{ validator: agreed }]}>
        <Checkbox>{words.agreedToService}</Checkbox>
      </Form.Item>
      <Form.Item name="marketing" valuePropName="checked">
        <Checkbox>{words.agreedToMarketing}</Checkbox>
      </Form.Item>
    </ActionDialog>
  );
}
