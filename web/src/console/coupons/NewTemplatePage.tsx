import { useNavigate } from '@tanstack/react-router';
import { Button, Form, Input, InputNumber, Radio } from 'antd';
import { useState } from 'react';
import { useCommand } from '../../ui/asking.ts';
import { offText } from '../../ui/coupons/text.ts';
import { useSession } from '../../ui/session.ts';
import { useLanguage, useWords } from '../../ui/words.ts';
import { ScopeFields, ScopeText } from '../bonus/Scope.tsx';
import { MoneyField, PercentField, TextField } from '../kit/fields.tsx';
import { ErrorNote, Guarded } from '../kit/Notes.tsx';
import { Page, Panel } from '../kit/Page.tsx';
import { bodyOf, type Draft, newDraft, offOf } from './draft.ts';
import { couponPageWords } from './words.ts';

/** A new kind of coupon: what it takes off, where, for what, and how long. */
export function NewTemplatePage() {
  const words = useWords(couponPageWords);
  return (
    <Guarded by="coupons.manage">
      <Page title={words.add} lead={words.lead}>
        <TemplateForm />
      </Page>
    </Guarded>
  );
}

function TemplateForm() {
  const words = useWords(couponPageWords);
  const navigate = useNavigate();
  const { currency } = useSession().merchant;
  const [draft, setDraft] = useState(newDraft);
  const create = useCommand('POST /v1/coupon-templates');
  const save = (all: Draft) => {
    const body = bodyOf({ ...newDraft, ...all }, currency);
    if (body) create.mutate({ body }, { onSuccess: () => void navigate({ to: '/coupons' }) });
  };
  return (
    <Form<Draft>
      layout="vertical"
      className="columns"
      requiredMark={false}
      initialValues={newDraft}
      disabled={create.isPending}
      onValuesChange={(_changed, all: Draft) => setDraft({ ...newDraft, ...all })}
      onFinish={save}
    >
      <div>
        <Panel>
          <TextField name="name" label={words.name} hint={words.nameHint} max={80} />
        </Panel>
        <Panel title={words.off}>
          <OffFields kind={draft.kind} currency={currency} />
        </Panel>
        <Panel title={words.term}>
          <TermFields />
        </Panel>
        <Panel title={words.scope}>
          <ScopeFields />
        </Panel>
        <ErrorNote error={create.error} />
        <Button type="primary" htmlType="submit" size="large" loading={create.isPending}>
          {words.add}
        </Button>
      </div>
      <div className="beside">
        <Panel title={words.preview}>
          <Preview draft={draft} currency={currency} />
        </Panel>
      </div>
    </Form>
  );
}

type OffProps = { readonly kind: Draft['kind']; readonly currency: string };

function OffFields({ kind, currency }: OffProps) {
  const words = useWords(couponPageWords);
  return (
    <>
      <Form.Item name="kind" label={words.offKind}>
        <Radio.Group
          optionType="button"
          options={(['amount', 'percent'] as const).map((value) => ({ value, label: words[value] }))}
        />
      </Form.Item>
      {kind === 'amount' ? (
        <MoneyField name="amount" label={words.amountOff} currency={currency} />
      ) : (
        <div className="pair">
          <PercentField name="percent" label={words.percentOff} hint={words.percentHint} />
          <MoneyField name="most" label={words.most} currency={currency} optional />
        </div>
      )}
      <MoneyField
        name="minimum"
        label={words.minimum}
        hint={words.minimumHint}
        currency={currency}
        optional
        orNothing
      />
    </>
  );
}

function TermFields() {
  const words = useWords(couponPageWords);
  const number = (name: 'days' | 'issueMax', label: string, hint: string, max: number) => (
    <Form.Item name={name} label={label} extra={hint}>
      <InputNumber min={1} max={max} precision={0} style={{ width: '100%' }} />
    </Form.Item>
  );
  return (
    <>
      <div className="pair">
        <Form.Item name="from" label={words.from} extra={words.fromHint}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="until" label={words.until}>
          <Input type="date" />
        </Form.Item>
      </div>
      <div className="pair">
        {number('days', words.days, words.noEnd, 36_500)}
        {number('issueMax', words.issueMax, words.issueMaxHint, 1_000_000_000)}
      </div>
    </>
  );
}

function Preview({ draft, currency }: { readonly draft: Draft; readonly currency: string }) {
  const words = useWords(couponPageWords);
  const language = useLanguage();
  const off = offOf(draft, currency);
  if (!off) return <p className="soft">{words.wait}</p>;
  return (
    <>
      <strong>{draft.name}</strong>
      <div>{offText(off, currency, language)}</div>
      <div className="soft small">
        <ScopeText scope={draft.scope} />
      </div>
    </>
  );
}
