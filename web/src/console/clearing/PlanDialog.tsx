import { Button, Form, InputNumber, Radio } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { formatCivil } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { Moment } from '../kit/columns.tsx';
import { kitWords } from '../words.ts';
import { periodWords, planWords } from './words.ts';

type Plan = AnswerOf<'GET /v1/settlement-plan'>;
type Values = Pick<Plan, 'every' | 'answerDays'>;
const rhythms = ['hand', 'week', 'month'] as const;

/** When periods end by themselves, in one line, with what changes it. */
export function PlanLine() {
  const words = useWords(planWords);
  const may = useMay('settlement.close');
  const [isOpen, setOpen] = useState(false);
  const { data } = useAsk('GET /v1/settlement-plan', {});
  if (!data) return null;
  return (
    <div className="plan-line">
      <span>
        <span className="soft">{words.title}</span> · {words[data.every]}
        <Next plan={data} />
      </span>
      {may ? (
        <Button type="link" onClick={() => setOpen(true)}>
          {words.change}
        </Button>
      ) : null}
      {isOpen ? <PlanDialog plan={data} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}

function Next({ plan: { next } }: { readonly plan: Plan }) {
  const words = useWords(planWords);
  const period = useWords(periodWords);
  const locale = localeOf(useLanguage());
  if (next === null) return null;
  return (
    <span className="soft">
      {' · '}
      {words.next(formatCivil(next.lastDay, locale))} · {period.answerBy} <Moment at={next.answerBy} />
    </span>
  );
}

function PlanDialog({ plan, onClose }: { readonly plan: Plan; readonly onClose: () => void }) {
  const words = useWords(planWords);
  const period = useWords(periodWords);
  const kit = useWords(kitWords);
  const set = useCommand('PATCH /v1/settlement-plan');
  const { every, answerDays } = plan;
  return (
    <ActionDialog<Values, unknown>
      title={words.title}
      action={words.save}
      initial={{ every, answerDays }}
      submit={(body, idempotencyKey) => set.mutateAsync({ body, idempotencyKey })}
      onClose={onClose}
    >
      <p className="soft under">{words.why}</p>
      <Form.Item name="every" label={words.every}>
        <Radio.Group options={rhythms.map((value) => ({ value, label: words[value] }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={['every']}>
        {({ getFieldValue }) => <Preview every={getFieldValue('every')} />}
      </Form.Item>
      <Form.Item
        name="answerDays"
        label={period.answerDays}
        extra={period.answerDaysWhy}
        rules={[{ required: true, message: kit.required }]}
      >
        <InputNumber min={0} max={90} precision={0} />
      </Form.Item>
    </ActionDialog>
  );
}

/** When the next period would end by this rhythm. */
function Preview({ every }: { readonly every: Plan['every'] }) {
  const words = useWords(planWords);
  const locale = localeOf(useLanguage());
  const { data } = useAsk('GET /v1/settlement-plan', { query: { every } });
  const text = data?.next ? words.next(formatCivil(data.next.lastDay, locale)) : words.noNext;
  return (
    <p className="soft under" role="status">
      {text}
    </p>
  );
}
