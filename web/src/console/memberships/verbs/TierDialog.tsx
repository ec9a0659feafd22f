import { Form, Input, Select } from 'antd';
import { useAsk, useCommand } from '../../../ui/asking.ts';
import { useLanguage, useWords } from '../../../ui/words.ts';
import { ActionDialog } from '../../kit/ActionDialog.tsx';
import { ReasonField } from '../../kit/fields.tsx';
import { kitWords } from '../../words.ts';
import type { DialogProps } from '../overview.ts';
import { rateText } from '../plan.ts';
import { membershipWords } from '../words.ts';

const none = 'none';

/** Gives a member a tier, at least, whatever they have spent, or takes it back. */
export function TierDialog({ overview: { memberId, progress }, onClose }: DialogProps) {
  const words = useWords(membershipWords);
  const kit = useWords(kitWords);
  const language = useLanguage();
  const give = useCommand('POST /v1/members/{id}/tier');
  const tiers = useAsk('GET /v1/membership-tiers', { query: { limit: 1 } }).data?.items[0]?.tiers ?? [];
  const given = progress?.given ? [{ value: none, label: words.takeBack }] : [];
  return (
    <ActionDialog<{ tierId: string; lastDay?: string; reason: string }, unknown>
      title={words.giveTier}
      action={words.giveTier}
      submit={({ tierId, lastDay = '', reason }, idempotencyKey) => {
        const body = {
          tierId: tierId === none ? null : tierId,
          lastDay: lastDay === '' || tierId === none ? null : lastDay,
          reason,
        };
        return give.mutateAsync({ params: { id: memberId }, body, idempotencyKey });
      }}
      onClose={onClose}
    >
      <Form.Item name="tierId" label={words.tier} rules={[{ required: true, message: kit.required }]}>
        <Select
          options={[
            ...tiers.map(({ code, name, discount }) => ({
              value: code,
              label: `${name[language]} · ${rateText(discount.ppm, language)}`,
            })),
            ...given,
          ]}
        />
      </Form.Item>
      <Form.Item name="lastDay" label={words.lastDay} extra={words.lastDayWhy}>
        <Input type="date" />
      </Form.Item>
      <ReasonField />
    </ActionDialog>
  );
}
