import { useNavigate } from '@tanstack/react-router';
import { Alert, Button, Checkbox, Form, Input, InputNumber, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { parsePercent } from '../../ui/percent.ts';
import { useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { MoneyField, TextField } from '../kit/fields.tsx';
import { ErrorNote, Failed, Guarded } from '../kit/Notes.tsx';
import { Page, Panel } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { kitWords } from '../words.ts';
import { RuleFields } from './RuleFields.tsx';
import { bodyOf, type Draft, draftOf, newDraft } from './terms.ts';
import { pointWords } from './words.ts';

const lookedAt = 200;

/** New rules of points, on the model of those that the address names. */
export function NewSchemePage() {
  const words = useWords(pointWords);
  return (
    <Guarded by="points.rules">
      <Page title={words.add} lead={words.lead}>
        <Model />
      </Page>
    </Guarded>
  );
}

function Model() {
  const { values } = useFilters(['copy']);
  const { currency, timezone } = useSession().merchant;
  const { data, error, refetch } = useAsk(
    'GET /v1/points-schemes',
    { query: { limit: lookedAt } },
    { enabled: values.copy !== undefined },
  );
  if (values.copy === undefined) return <SchemeForm initial={newDraft(currency)} />;
  if (error && !data) return <Failed error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  const model = data.items.find(({ number }) => String(number) === values.copy);
  return <SchemeForm initial={model ? draftOf(model, currency, timezone) : newDraft(currency)} />;
}

function SchemeForm({ initial }: { readonly initial: Draft }) {
  const words = useWords(pointWords);
  const navigate = useNavigate();
  const { currency, timezone } = useSession().merchant;
  const [draft, setDraft] = useState(initial);
  const set = useCommand('POST /v1/points-schemes');
  return (
    <Form<Draft>
      layout="vertical"
      requiredMark={false}
      initialValues={initial}
      disabled={set.isPending}
      className="narrow-form"
      onValuesChange={(_changed, all: Draft) => setDraft({ ...initial, ...all })}
      onFinish={(all) =>
        set.mutate(
          { body: bodyOf({ ...initial, ...all }, currency, timezone) },
          { onSuccess: () => void navigate({ to: '/points' }) },
        )
      }
    >
      <Alert className="explain" type="info" title={words.addWhy} />
      <Panel title={words.earn}>
        <EarnFields currency={currency} />
      </Panel>
      <Panel title={words.rules}>
        <p className="soft small under">{words.rulesWhy}</p>
        <RuleFields />
      </Panel>
      <Panel title={words.ends}>
        <EndFields isEnding={draft.endsWith !== 'never'} />
      </Panel>
      <Panel title={words.spend}>
        <SpendFields currency={currency} pays={draft.pays} />
      </Panel>
      <Panel title={words.validFrom}>
        <div className="pair">
          <Form.Item name="from" label={words.fromDay} extra={words.fromHint}>
            <Input type="date" />
          </Form.Item>
          <TextField name="note" label={words.note} max={500} optional />
        </div>
      </Panel>
      <ErrorNote error={set.error} />
      <Button type="primary" htmlType="submit" size="large" loading={set.isPending}>
        {words.save}
      </Button>
    </Form>
  );
}

function useNeeded() {
  return [{ required: true, message: useWords(kitWords).required }];
}

function EarnFields({ currency }: { readonly currency: string }) {
  const words = useWords(pointWords);
  const rules = useNeeded();
  return (
    <>
      <div className="pair">
        <MoneyField name="earnAmount" label={words.perAmount} currency={currency} />
        <Form.Item name="earnPoints" label={words.getPoints} rules={rules}>
          <InputNumber min={0} max={10_000} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <div className="pair">
        <Form.Item name="birthday" label={words.birthday} rules={rules}>
          <InputNumber min={0} max={100} step={0.5} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="mostEarned" label={words.mostEarned} rules={rules}>
          <InputNumber min={1} max={1_000_000_000} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <p className="soft small">{words.earnNothing}</p>
    </>
  );
}

function EndFields({ isEnding }: { readonly isEnding: boolean }) {
  const words = useWords(pointWords);
  const rules = useNeeded();
  return (
    <>
      <div className="pair">
        <Form.Item name="endsWith" label={words.ends}>
          <Select
            options={(['never', 'month', 'quarter', 'year'] as const).map((value) => ({
              value,
              label: words[value],
            }))}
          />
        </Form.Item>
        {isEnding ? (
          <Form.Item name="later" label={words.later} extra={words.laterHint} rules={rules}>
            <InputNumber min={0} max={40} precision={0} style={{ width: '100%' }} />
          </Form.Item>
        ) : null}
      </div>
      <Form.Item name="pendingDays" label={words.pendingDays} extra={words.pendingHint} rules={rules}>
        <InputNumber min={0} max={365} precision={0} />
      </Form.Item>
    </>
  );
}

function SpendFields({ currency, pays }: { readonly currency: string; readonly pays: boolean }) {
  const words = useWords(pointWords);
  const rules = useNeeded();
  const isPart = (text: string | undefined) => {
    const ppm = parsePercent(text ?? '');
    return ppm !== undefined && ppm > 0 && ppm <= 1_000_000;
  };
  return (
    <>
      <Form.Item name="pays" valuePropName="checked">
        <Checkbox>{words.spendOn}</Checkbox>
      </Form.Item>
      {pays ? (
        <div className="triple">
          <Form.Item name="spendPoints" label={words.spendPoints} rules={rules}>
            <InputNumber min={1} max={1_000_000} precision={0} style={{ width: '100%' }} />
          </Form.Item>
          <MoneyField name="worth" label={words.spendWorth} currency={currency} />
          <Form.Item
            name="billPart"
            label={words.billPart}
            rules={[
              {
                validator: (_rule, text: string | undefined) =>
                  isPart(text) ? Promise.resolve() : Promise.reject(new Error(words.badPart)),
              },
            ]}
          >
            <Input suffix="%" inputMode="decimal" autoComplete="off" />
          </Form.Item>
        </div>
      ) : null}
      <Form.Item name="transfer" valuePropName="checked">
        <Checkbox>{words.transfer}</Checkbox>
      </Form.Item>
    </>
  );
}
