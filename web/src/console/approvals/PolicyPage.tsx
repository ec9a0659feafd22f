import { Link } from '@tanstack/react-router';
import { Alert, Button, Checkbox, Form, InputNumber, Skeleton } from 'antd';
import { useState } from 'react';
import { type Answered, type AnswerOf, newKey, Unanswered } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { decimalText, parseMoney } from '../../ui/money.ts';
import { useMay, useSession } from '../../ui/session.ts';
import { approvalIn } from '../../ui/waiting/approval.ts';
import { useWords } from '../../ui/words.ts';
import { MoneyField } from '../kit/fields.tsx';
import { ErrorNote, Failed, Guarded } from '../kit/Notes.tsx';
import { Page, Panel } from '../kit/Page.tsx';
import { Waits } from '../kit/Waits.tsx';
import { kindWords, policyWords } from './words.ts';

type Policy = AnswerOf<'GET /v1/approval-policy'>;
type Changed = AnswerOf<'PATCH /v1/approval-policy'>;

/** What needs a second person, and who could be one. */
export function PolicyPage() {
  const words = useWords(policyWords);
  return (
    <Guarded by="approvals.read">
      <Page title={words.title} lead={words.lead} actions={<Link to="/approvals">{words.back}</Link>}>
        <PolicyPanel />
      </Page>
    </Guarded>
  );
}

function PolicyPanel() {
  const { data, error, refetch } = useAsk('GET /v1/approval-policy', {});
  if (error && !data) return <Failed error={error} again={() => void refetch()} />;
  return data ? <PolicyForm policy={data} /> : <Skeleton active />;
}

const byMoney = ['issue', 'adjust', 'void', 'refund', 'settle'] as const;
const kinds = [...byMoney, 'release', 'grant', 'dividend', 'merge', 'policy'] as const;
type Kind = (typeof kinds)[number];
type Values = {
  readonly on: Readonly<Record<Kind, boolean>>;
  readonly above: Readonly<Record<(typeof byMoney)[number], string>>;
  readonly waitHours: number;
  readonly stepUpAbove: string;
};

function valuesOf({ rules, waitHours, stepUpAbove }: Policy, currency: string): Values {
  const text = (amount: number) => decimalText(amount, currency);
  return {
    on: {
      issue: rules.issue.isOn,
      adjust: rules.adjust.isOn,
      void: rules.void.isOn,
      refund: rules.refund.isOn,
      settle: rules.settle.isOn,
      release: rules.release.isOn,
      grant: rules.grant.isOn,
      dividend: rules.dividend.isOn,
      merge: rules.merge.isOn,
      policy: true,
    },
    above: {
      issue: text(rules.issue.above),
      adjust: text(rules.adjust.above),
      void: text(rules.void.above),
      refund: text(rules.refund.above),
      settle: text(rules.settle.above),
    },
    waitHours,
    stepUpAbove: text(stepUpAbove),
  };
}

function bodyOf({ on, above, waitHours, stepUpAbove }: Values, currency: string) {
  const amount = (text: string) => parseMoney(text, currency) ?? 0;
  const rules = {
    issue: { isOn: on.issue, above: amount(above.issue) },
    adjust: { isOn: on.adjust, above: amount(above.adjust) },
    void: { isOn: on.void, above: amount(above.void) },
    refund: { isOn: on.refund, above: amount(above.refund) },
    settle: { isOn: on.settle, above: amount(above.settle) },
    release: { isOn: on.release },
    grant: { isOn: on.grant },
    dividend: { isOn: on.dividend },
    merge: { isOn: on.merge },
  };
  return { rules, waitHours, stepUpAbove: amount(stepUpAbove) };
}

function PolicyForm({ policy }: { readonly policy: Policy }) {
  const words = useWords(policyWords);
  const { currency } = useSession().merchant;
  const may = useMay('people.write');
  const change = useCommand('PATCH /v1/approval-policy');
  const [key, setKey] = useState(newKey);
  const [answered, setAnswered] = useState<Answered<Changed>>();
  const save = (values: Values) =>
    change.mutate(
      { body: bodyOf(values, currency), idempotencyKey: key },
      {
        onSuccess: (answer) => {
          setAnswered(answer);
          setKey(newKey());
        },
        onError: (error) => {
          if (!(error instanceof Unanswered)) setKey(newKey());
        },
      },
    );
  const approvalId = answered && approvalIn(answered.status, answered.body);
  return (
    <Panel>
      {may ? null : <Alert className="explain" type="info" title={words.readOnly} />}
      <Form<Values>
        layout="vertical"
        disabled={!may}
        requiredMark={false}
        initialValues={valuesOf(policy, currency)}
        onFinish={save}
      >
        <ul className="rules">
          {kinds.map((kind) => (
            <Rule key={kind} kind={kind} people={policy.people[kind]} />
          ))}
        </ul>
        <div className="boxes">
          <Form.Item name="waitHours" label={words.waitHours}>
            <InputNumber min={1} max={720} precision={0} />
          </Form.Item>
          <MoneyField name="stepUpAbove" label={words.stepUpAbove} currency={currency} orNothing />
        </div>
        <ErrorNote error={change.error} />
        {approvalId === undefined ? null : <Waits approvalId={approvalId} />}
        {answered && approvalId === undefined ? (
          <Alert className="explain" type="success" showIcon title={words.saved} />
        ) : null}
        {may ? (
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {words.save}
          </Button>
        ) : null}
      </Form>
    </Panel>
  );
}

function Rule({ kind, people }: { readonly kind: Kind; readonly people: number }) {
  const words = useWords(policyWords);
  const names = useWords(kindWords);
  const { currency } = useSession().merchant;
  const money = byMoney.find((one) => one === kind);
  return (
    <li className="rule">
      <div>
        <strong>{names[kind]}</strong>
        <p className="soft small">{people === 0 ? words.nobody : `${words.people}: ${String(people)}`}</p>
      </div>
      <Form.Item name={['on', kind]} valuePropName="checked" noStyle>
        <Checkbox {...(kind === 'policy' ? { disabled: true } : {})}>
          {kind === 'policy' ? words.alwaysOn : words.isOn}
        </Checkbox>
      </Form.Item>
      {money === undefined ? null : (
        <MoneyField name={['above', money]} label={words.above} currency={currency} orNothing />
      )}
      {kind !== 'policy' && money === undefined ? <span className="soft">{words.always}</span> : null}
    </li>
  );
}
