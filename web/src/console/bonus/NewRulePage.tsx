import { useNavigate } from '@tanstack/react-router';
import { Button, Form, Input, InputNumber, Radio, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useSession } from '../../ui/session.ts';
import { wayWords } from '../../ui/value/words.ts';
import { useWords } from '../../ui/words.ts';
import { TextField } from '../kit/fields.tsx';
import { ErrorNote, Failed, Guarded } from '../kit/Notes.tsx';
import { useStores } from '../kit/names.ts';
import { Page, Panel } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { kitWords } from '../words.ts';
import { Example } from './Example.tsx';
import { ScopeFields } from './Scope.tsx';
import { StepFields } from './StepFields.tsx';
import { bodyOf, type Draft, draftOf, newDraft } from './terms.ts';
import { bonusWords } from './words.ts';

/** A new rule, on the model of another one where the address names it. */
export function NewRulePage() {
  const words = useWords(bonusWords);
  return (
    <Guarded by="wallets.rules">
      <Page title={words.add} lead={words.lead}>
        <Model />
      </Page>
    </Guarded>
  );
}

const rulesMax = 200;

function Model() {
  const { values } = useFilters(['copy']);
  const { data, error, refetch } = useAsk(
    'GET /v1/bonus-rules',
    { query: { limit: rulesMax } },
    { enabled: values.copy !== undefined },
  );
  if (values.copy === undefined) return <RuleForm initial={newDraft} />;
  if (error && !data) return <Failed error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  const model = data.items.find(({ id }) => id === values.copy);
  return <RuleForm initial={model ? draftOf(model) : newDraft} />;
}

function RuleForm({ initial }: { readonly initial: Draft }) {
  const words = useWords(bonusWords);
  const navigate = useNavigate();
  const { currency } = useSession().merchant;
  const [draft, setDraft] = useState(initial);
  const create = useCommand('POST /v1/bonus-rules');
  const save = (all: Draft) => {
    const body = bodyOf({ ...initial, ...all }, currency);
    if (body) create.mutate({ body }, { onSuccess: () => void navigate({ to: '/bonus-rules' }) });
  };
  return (
    <Form<Draft>
      layout="vertical"
      className="columns"
      requiredMark={false}
      initialValues={initial}
      disabled={create.isPending}
      onValuesChange={(_changed, all: Draft) => setDraft({ ...initial, ...all })}
      onFinish={save}
    >
      <div>
        <Panel>
          <TextField name="name" label={words.name} hint={words.nameHint} max={80} />
        </Panel>
        <Panel title={words.steps}>
          <p className="soft small under">{words.stepsWhy}</p>
          <StepFields />
        </Panel>
        <Panel title={words.release}>
          <ReleaseFields />
        </Panel>
        <Panel title={words.scope}>
          <ScopeFields />
        </Panel>
        <Panel title={words.where}>
          <WhereFields />
        </Panel>
        <ErrorNote error={create.error} />
        <Button type="primary" htmlType="submit" size="large" loading={create.isPending}>
          {words.add}
        </Button>
      </div>
      <div className="beside">
        <Panel title={words.example}>
          <p className="soft small under">{words.exampleWhy}</p>
          <Example draft={draft} />
        </Panel>
      </div>
    </Form>
  );
}

function ReleaseFields() {
  const words = useWords(bonusWords);
  const kit = useWords(kitWords);
  return (
    <>
      <Form.Item name="occasion" label={words.occasion}>
        <Radio.Group
          optionType="button"
          options={(['each', 'first'] as const).map((value) => ({ value, label: words[value] }))}
        />
      </Form.Item>
      <div className="pair">
        <Form.Item
          name="instalments"
          label={words.instalments}
          extra={words.instalmentsHint}
          rules={[{ required: true, message: kit.required }]}
        >
          <InputNumber min={1} max={24} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="validDays" label={words.validDays} extra={words.validDaysHint}>
          <InputNumber min={1} max={36_500} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </div>
    </>
  );
}

const tenders = [
  'cash',
  'bank_card',
  'wechat_pay',
  'alipay',
  'stripe',
  'recharge_card',
  'gift_card',
] as const;

function WhereFields() {
  const words = useWords(bonusWords);
  const ways = useWords(wayWords);
  const stores = useStores();
  return (
    <>
      <div className="pair">
        <Form.Item name="storeIds" label={words.stores}>
          <Select
            mode="multiple"
            placeholder={words.everywhere}
            showSearch={{ optionFilterProp: 'label' }}
            options={stores.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        <Form.Item name="tenders" label={words.tenders}>
          <Select
            mode="multiple"
            placeholder={words.anyTender}
            options={tenders.map((value) => ({ value, label: ways[value] }))}
          />
        </Form.Item>
      </div>
      <div className="pair">
        <Form.Item name="from" label={words.firstDay} extra={words.nowOn}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="lastDay" label={words.lastDay} extra={words.noEnd}>
          <Input type="date" />
        </Form.Item>
      </div>
    </>
  );
}
