import { useNavigate } from '@tanstack/react-router';
import { Alert, Button, Form, Input, InputNumber, Radio } from 'antd';
import { useState } from 'react';
import { newKey, Unanswered } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { MoneyField, TextField } from '../kit/fields.tsx';
import { ErrorNote, Guarded } from '../kit/Notes.tsx';
import { Page, Panel } from '../kit/Page.tsx';
import { kitWords } from '../words.ts';
import { GivenFields } from './GivenFields.tsx';
import { bodyOf, type Draft, partOf } from './terms.ts';
import { dividendWords } from './words.ts';

/** A dividend for a period that is over: what is shared, by whom, by what. */
export function NewDividendPage() {
  const words = useWords(dividendWords);
  return (
    <Guarded by="dividends.write">
      <Page title={words.add} lead={words.lead}>
        <DividendForm />
      </Page>
    </Guarded>
  );
}

const beginning = { kind: 'sales', by: 'wallet_spend', given: [] } as const;

function DividendForm() {
  const words = useWords(dividendWords);
  const navigate = useNavigate();
  const { currency } = useSession().merchant;
  const [draft, setDraft] = useState<Pick<Draft, 'kind' | 'by'>>(beginning);
  const [key, setKey] = useState(newKey);
  const create = useCommand('POST /v1/dividends');
  const save = (all: Draft) =>
    create.mutate(
      { body: bodyOf(all, currency), idempotencyKey: key },
      {
        onSuccess: ({ body: { id } }) => void navigate({ to: '/dividends/$id', params: { id } }),
        onError: (problem) => {
          if (!(problem instanceof Unanswered)) setKey(newKey());
        },
      },
    );
  return (
    <Form<Draft>
      layout="vertical"
      requiredMark={false}
      className="narrow-form"
      initialValues={beginning}
      disabled={create.isPending}
      onValuesChange={(_changed, all: Draft) => setDraft(all)}
      onFinish={save}
    >
      <Alert className="explain" type="info" showIcon title={words.countWhy} />
      <Panel title={words.period}>
        <PeriodFields />
      </Panel>
      <Panel title={words.source}>
        <SourceFields kind={draft.kind} currency={currency} />
      </Panel>
      <Panel title={words.weighing}>
        <WeighingFields by={draft.by} currency={currency} />
      </Panel>
      <Panel title={words.until}>
        <Form.Item name="lastUsableDay" label={words.lastUsableDay} extra={words.noEnd}>
          <Input type="date" />
        </Form.Item>
      </Panel>
      <ErrorNote error={create.error} />
      <Button type="primary" htmlType="submit" size="large" loading={create.isPending}>
        {words.count}
      </Button>
    </Form>
  );
}

function PeriodFields() {
  const words = useWords(dividendWords);
  const rules = [{ required: true, message: useWords(kitWords).required }];
  return (
    <>
      <TextField name="name" label={words.name} max={100} />
      <div className="pair">
        <Form.Item name="firstDay" label={words.firstDay} rules={rules}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="lastDay" label={words.lastDay} extra={words.lastDayHint} rules={rules}>
          <Input type="date" />
        </Form.Item>
      </div>
    </>
  );
}

type SourceProps = { readonly kind: Draft['kind']; readonly currency: string };

function SourceFields({ kind, currency }: SourceProps) {
  const words = useWords(dividendWords);
  return (
    <>
      <Form.Item name="kind" label={words.from} extra={kind === 'sales' ? words.salesWhy : undefined}>
        <Radio.Group
          optionType="button"
          options={(['sales', 'profit', 'sum'] as const).map((value) => ({ value, label: words[value] }))}
        />
      </Form.Item>
      <div className="pair">
        {kind === 'sales' ? null : (
          <MoneyField
            name="amount"
            label={kind === 'sum' ? words.amount : words.profitAmount}
            currency={currency}
          />
        )}
        {kind === 'sum' ? null : (
          <Form.Item
            name="percent"
            label={words.percent}
            rules={[
              {
                validator: (_rule, text: string | undefined) =>
                  partOf(text) === undefined
                    ? Promise.reject(new Error(words.badPercent))
                    : Promise.resolve(),
              },
            ]}
          >
            <Input suffix="%" inputMode="decimal" autoComplete="off" />
          </Form.Item>
        )}
      </div>
    </>
  );
}

type WeighingProps = { readonly by: Draft['by']; readonly currency: string };

function WeighingFields({ by, currency }: WeighingProps) {
  const words = useWords(dividendWords);
  return (
    <>
      <Form.Item name="by">
        <Radio.Group
          className="upright"
          aria-label={words.weighing}
          options={(['wallet_spend', 'points_earned', 'equal', 'given'] as const).map((value) => ({
            value,
            label: words[value],
          }))}
        />
      </Form.Item>
      {by === 'wallet_spend' ? (
        <MoneyField
          name="leastSpend"
          label={words.leastSpend}
          hint={words.leastHint}
          currency={currency}
          optional
          orNothing
        />
      ) : null}
      {by === 'points_earned' ? (
        <Form.Item name="leastPoints" label={words.leastPoints} extra={words.leastHint}>
          <InputNumber min={0} max={1_000_000_000} precision={0} />
        </Form.Item>
      ) : null}
      {by === 'given' ? <GivenFields /> : null}
    </>
  );
}
