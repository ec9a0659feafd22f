import { Link, useNavigate } from '@tanstack/react-router';
import { Alert, Button, Form, type FormListFieldData, Input, Select } from 'antd';
import type { BodyOf, ItemOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useSession } from '../../ui/session.ts';
import { civilDay, lastCivilDay } from '../../ui/time.ts';
import { useWords } from '../../ui/words.ts';
import { ErrorNote } from '../kit/Notes.tsx';
import { useStores } from '../kit/names.ts';
import { Panel } from '../kit/Page.tsx';
import { kitWords } from '../words.ts';
import { ForTerms, LastVersion } from './LastVersion.tsx';
import { StartFields } from './StartFields.tsx';
import { acceptanceWords } from './words.ts';

type Version = ItemOf<'GET /v1/acceptance-rules'>;
type Rule = Version['rules'][number];
const kinds = ['all', 'region', 'direct', 'list', 'own'] as const;
const every = 'every';

type RuleDraft = {
  readonly storeId: string;
  readonly takes: Rule['takes'];
  readonly sellerIds?: string[];
  readonly firstDay?: string;
  readonly lastDay?: string;
};
type Draft = { readonly from?: string; readonly note?: string; readonly rules?: readonly RuleDraft[] };

/** Lays down anew who takes whose cards, beginning with the rules that were laid down last. */
export function EditAcceptancePage() {
  return (
    <ForTerms>
      <EditAcceptance />
    </ForTerms>
  );
}

function EditAcceptance() {
  const words = useWords(acceptanceWords);
  const asked = useAsk('GET /v1/acceptance-rules', { query: { limit: 1 } });
  return <LastVersion words={words} asked={asked} form={(last) => <RulesForm version={last} />} />;
}

function draftOf(version: Version | undefined, zone: string): Draft {
  const rules = version?.rules ?? [{ storeId: null, takes: 'all', sellerIds: [], from: null, until: null }];
  return {
    rules: rules.map(({ storeId, takes, sellerIds, from, until }) => ({
      storeId: storeId ?? every,
      takes,
      sellerIds,
      ...(from === null ? {} : { firstDay: civilDay(from, zone) }),
      ...(until === null ? {} : { lastDay: lastCivilDay(until, zone) }),
    })),
  };
}

function bodyOf({ from = '', note = '', rules = [] }: Draft): BodyOf<'POST /v1/acceptance-rules'> {
  const orNull = (text = '') => (text === '' ? null : text);
  return {
    ...(from === '' ? {} : { from }),
    note: orNull(note.trim()),
    rules: rules.map(({ storeId, takes, sellerIds = [], firstDay, lastDay }) => ({
      storeId: storeId === every ? null : storeId,
      takes,
      sellerIds: takes === 'list' ? sellerIds : [],
      firstDay: orNull(firstDay),
      lastDay: orNull(lastDay),
    })),
  };
}

function RulesForm({ version }: { readonly version: Version | undefined }) {
  const words = useWords(acceptanceWords);
  const kit = useWords(kitWords);
  const navigate = useNavigate();
  const { timezone } = useSession().merchant;
  const set = useCommand('POST /v1/acceptance-rules');
  return (
    <Form<Draft>
      layout="vertical"
      requiredMark={false}
      initialValues={draftOf(version, timezone)}
      disabled={set.isPending}
      onFinish={(draft) =>
        set.mutate({ body: bodyOf(draft) }, { onSuccess: () => void navigate({ to: '/acceptance' }) })
      }
    >
      <Alert className="explain" type="info" title={words.saveWhy} />
      <Panel title={words.rules}>
        <Form.List name="rules">
          {(rows, { add, remove }) => (
            <div className="row-list">
              {rows.map((row) => (
                <RuleRow key={row.key} row={row} onRemove={() => remove(row.name)} />
              ))}
              <Button onClick={() => add({ storeId: every, takes: 'all' })}>{kit.add}</Button>
            </div>
          )}
        </Form.List>
      </Panel>
      <Panel>
        <StartFields />
      </Panel>
      <ErrorNote error={set.error} />
      <div className="verbs">
        <Button type="primary" htmlType="submit" size="large" loading={set.isPending}>
          {kit.save}
        </Button>
        <Link to="/acceptance">
          <Button size="large">{kit.cancel}</Button>
        </Link>
      </div>
    </Form>
  );
}

function RuleRow({
  row: { name },
  onRemove,
}: {
  readonly row: FormListFieldData;
  readonly onRemove: () => void;
}) {
  const words = useWords(acceptanceWords);
  const kit = useWords(kitWords);
  const stores = useStores().map(({ id, name: label }) => ({ value: id, label }));
  const rules = [{ required: true, message: kit.required }];
  return (
    <div className="row four">
      <Form.Item name={[name, 'storeId']} label={words.store} rules={rules}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={[{ value: every, label: words.everyOther }, ...stores]}
        />
      </Form.Item>
      <Form.Item name={[name, 'takes']} label={words.takes} rules={rules}>
        <Select
          options={kinds.map((kind) => ({
            value: kind,
            label: kind === 'own' ? words.ownOnly : words[kind],
          }))}
        />
      </Form.Item>
      <Form.Item name={[name, 'firstDay']} label={words.firstDay}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name={[name, 'lastDay']} label={words.lastDay}>
        <Input type="date" />
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) =>
          getFieldValue(['rules', name, 'takes']) === 'list' ? (
            <Form.Item className="whole-row" name={[name, 'sellerIds']} label={words.sellers} rules={rules}>
              <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={stores} />
            </Form.Item>
          ) : null
        }
      </Form.Item>
      <Button type="link" danger onClick={onRemove}>
        {kit.remove}
      </Button>
    </div>
  );
}
