import { Link, useNavigate } from '@tanstack/react-router';
import {
  Alert,
  Button,
  Form,
  type FormListFieldData,
  Input,
  InputNumber,
  Radio,
  Select,
  Skeleton,
} from 'antd';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useSession } from '../../ui/session.ts';
import { useLanguage, useWords } from '../../ui/words.ts';
import { MoneyField, TextField } from '../kit/fields.tsx';
import { ErrorNote, Failed, Guarded } from '../kit/Notes.tsx';
import { Page, Panel } from '../kit/Page.tsx';
import { kitWords } from '../words.ts';
import { usePlans } from './choices.ts';
import { DiscountFields } from './DiscountFields.tsx';
import { SpanFields } from './SpanFields.tsx';
import { downgrades, type Ladder, type LadderDraft, ladderBody, ladderDraft, newTier } from './tier.ts';
import { planWords, tierWords } from './words.ts';

/** Lays the tiers down anew, beginning with those that there are. */
export function EditTiersPage() {
  return (
    <Guarded by="memberships.plans">
      <EditTiers />
    </Guarded>
  );
}

function EditTiers() {
  const words = useWords(tierWords);
  const { data, error, refetch } = useAsk('GET /v1/membership-tiers', { query: { limit: 1 } });
  return (
    <Page title={words.edit} lead={words.lead}>
      {data ? (
        <LadderForm ladder={data.items[0]} />
      ) : error ? (
        <Failed error={error} again={() => void refetch()} />
      ) : (
        <Skeleton active />
      )}
    </Page>
  );
}

function LadderForm({ ladder }: { readonly ladder: Ladder | undefined }) {
  const words = useWords(tierWords);
  const kit = useWords(kitWords);
  const navigate = useNavigate();
  const { merchant } = useSession();
  const currency = ladder?.currency ?? merchant.currency;
  const set = useCommand('POST /v1/membership-tiers');
  const initial = ladderDraft(ladder);
  return (
    <Form<LadderDraft>
      layout="vertical"
      className="narrow-form"
      requiredMark={false}
      initialValues={initial}
      disabled={set.isPending}
      onFinish={(all) =>
        set.mutate(
          { body: ladderBody({ ...initial, ...all }, currency) },
          { onSuccess: () => void navigate({ to: '/membership-tiers' }) },
        )
      }
    >
      <Alert className="explain" type="info" title={words.saveWhy} />
      <Panel title={words.period}>
        <PeriodFields />
      </Panel>
      <Form.List name="tiers">
        {(rows, { add, remove, move }) => (
          <>
            {rows.map((row, place) => (
              <TierPanel
                key={row.key}
                row={row}
                currency={currency}
                onRemove={() => remove(row.name)}
                onLower={place === 0 ? undefined : () => move(place, place - 1)}
                onHigher={place === rows.length - 1 ? undefined : () => move(place, place + 1)}
              />
            ))}
            <p className="spaced">
              <Button onClick={() => add(newTier)}>{words.addTier}</Button>
            </p>
          </>
        )}
      </Form.List>
      <ErrorNote error={set.error} />
      <div className="verbs spaced">
        <Button type="primary" htmlType="submit" size="large" loading={set.isPending}>
          {kit.save}
        </Button>
        <Link to="/membership-tiers">
          <Button size="large">{kit.cancel}</Button>
        </Link>
      </div>
    </Form>
  );
}

function PeriodFields() {
  const words = useWords(tierWords);
  return (
    <>
      <Form.Item name="isPeriodic" extra={words.periodWhy}>
        <Radio.Group
          optionType="button"
          options={[
            { value: true, label: words.inPeriod },
            { value: false, label: words.forEver },
          ]}
        />
      </Form.Item>
      <Form.Item
        noStyle
        shouldUpdate={(before: LadderDraft, after: LadderDraft) => before.isPeriodic !== after.isPeriodic}
      >
        {({ getFieldValue }) =>
          getFieldValue('isPeriodic') === true ? (
            <>
              <SpanFields path={[]} />
              <Form.Item name="downgrade" label={words.downgrade}>
                <Radio.Group
                  options={downgrades.map((one) => ({
                    value: one,
                    label: one === 'never' ? words.never_down : words[one],
                  }))}
                />
              </Form.Item>
            </>
          ) : null
        }
      </Form.Item>
    </>
  );
}

type TierProps = {
  readonly row: FormListFieldData;
  readonly currency: string;
  readonly onRemove: () => void;
  readonly onLower: (() => void) | undefined;
  readonly onHigher: (() => void) | undefined;
};

function TierPanel({ row: { name }, currency, onRemove, onLower, onHigher }: TierProps) {
  const words = useWords(tierWords);
  const plan = useWords(planWords);
  const language = useLanguage();
  const plans = usePlans() ?? [];
  return (
    <Panel
      title={`${words.tier} ${name + 1}`}
      extra={
        <span>
          <Button type="link" size="small" disabled={!onLower} onClick={onLower}>
            {words.higher}
          </Button>
          <Button type="link" size="small" disabled={!onHigher} onClick={onHigher}>
            {words.lower}
          </Button>
          <Button type="link" size="small" danger onClick={onRemove}>
            {words.removeTier}
          </Button>
        </span>
      }
    >
      <div className="row three bare">
        <TextField name={[name, 'nameZh']} label={plan.nameZh} max={100} />
        <TextField name={[name, 'nameEn']} label={plan.nameEn} max={100} optional />
        <Form.Item
          name={[name, 'code']}
          label={words.code}
          extra={words.codeWhy}
          rules={[{ required: true, pattern: /^[a-z][a-z0-9_]*$/, message: words.badCode }]}
        >
          <Input maxLength={32} autoComplete="off" />
        </Form.Item>
      </div>
      <h3 className="spaced">{words.entry}</h3>
      <p className="soft small">{words.noEntry}</p>
      <div className="row three bare">
        <MoneyField name={[name, 'spend']} label={words.spend} currency={currency} optional />
        <Form.Item name={[name, 'points']} label={words.points}>
          <InputNumber min={1} max={1e12} precision={0} />
        </Form.Item>
        <Form.Item name={[name, 'planIds']} label={words.plans}>
          <Select
            mode="multiple"
            options={plans.map((one) => ({ value: one.id, label: one.name[language] }))}
          />
        </Form.Item>
      </div>
      <h3 className="spaced">{words.keep}</h3>
      <div className="row three bare">
        <MoneyField name={[name, 'keepSpend']} label={words.spend} currency={currency} optional />
        <Form.Item name={[name, 'keepPoints']} label={words.points}>
          <InputNumber min={1} max={1e12} precision={0} />
        </Form.Item>
      </div>
      <h3 className="spaced">{plan.discount}</h3>
      <DiscountFields path={[name, 'discount']} />
    </Panel>
  );
}
