import { Alert, Form, Progress, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { type AnswerOf, type Ask, newKey, Unanswered } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useSession } from '../../ui/session.ts';
import { refusalText, useLanguage, useWords } from '../../ui/words.ts';
import { Money } from '../kit/columns.tsx';
import { Dialog } from '../kit/Dialog.tsx';
import { ReasonField } from '../kit/fields.tsx';
import { ErrorNote } from '../kit/Notes.tsx';
import { Facts } from '../kit/Page.tsx';
import { kitWords } from '../words.ts';
import { UntilField } from './UntilField.tsx';
import { cardWords, verbWords } from './words.ts';

type Query = NonNullable<Ask<'GET /v1/cards/count'>['query']>;
type Preview = AnswerOf<'GET /v1/cards/preview'>;
type Verb = Preview['verb'];
const verbs = ['freeze', 'void', 'extend'] as const;
const permissionOf = { freeze: 'cards.freeze', void: 'cards.void', extend: 'cards.extend' } as const;

/** Does one thing to every card that a filter finds: shows first what it comes to, then how far it is. */
export function BulkDialog({ query, onClose }: { readonly query: Query; readonly onClose: () => void }) {
  const words = useWords(cardWords);
  const [started, setStarted] = useState<string>();
  if (started !== undefined) return <Running id={started} onClose={onClose} />;
  return <Choosing title={words.bulkTitle} query={query} onStart={setStarted} onClose={onClose} />;
}

type ChoosingProps = {
  readonly title: string;
  readonly query: Query;
  readonly onStart: (id: string) => void;
  readonly onClose: () => void;
};

function Choosing({ title, query, onStart, onClose }: ChoosingProps) {
  const words = useWords(cardWords);
  const kit = useWords(kitWords);
  const names = useWords(verbWords);
  const { permissions } = useSession();
  const mine = verbs.filter((one) => permissions.includes(permissionOf[one]));
  const [verb, setVerb] = useState<Verb>(mine[0] ?? 'freeze');
  const [key, setKey] = useState(newKey);
  const [form] = Form.useForm<{ reason: string; until?: string }>();
  const preview = useAsk('GET /v1/cards/preview', { query: { ...query, verb } });
  const start = useCommand('POST /v1/card-actions');
  // What is shown while the next one is read would be of the other verb.
  const seen = preview.isPlaceholderData ? undefined : preview.data;
  const run = ({ reason, until }: { reason: string; until?: string }) => {
    if (!seen) return;
    const body = { verb, cardIds: seen.cardIds, reason, ...(verb === 'extend' ? { until } : {}) };
    start.mutate(
      { body, idempotencyKey: key },
      {
        // Where it waits for a second person, the frame says so.
        onSuccess: ({ body }) => ('id' in body ? onStart(body.id) : onClose()),
        onError: (error) => {
          if (!(error instanceof Unanswered)) setKey(newKey());
        },
      },
    );
  };
  return (
    <Dialog
      title={title}
      mask={{ closable: false }}
      onCancel={onClose}
      cancelText={kit.cancel}
      okText={words.bulkGo}
      okButtonProps={{
        danger: verb === 'void',
        disabled: !seen || seen.cardIds.length === 0,
        loading: start.isPending,
      }}
      onOk={() => form.submit()}
    >
      <Segmented
        block
        aria-label={words.bulkVerb}
        value={verb}
        onChange={(wanted) => setVerb(verbs.find((one) => one === wanted) ?? verb)}
        options={mine.map((one) => ({ value: one, label: names[one] }))}
      />
      <ErrorNote error={preview.error} />
      {seen ? <PreviewFacts preview={seen} /> : preview.error ? null : <Skeleton active />}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={run}>
        {verb === 'extend' ? <UntilField name="until" label={words.bulkUntil} /> : null}
        <ReasonField />
        <ErrorNote error={start.error} />
      </Form>
    </Dialog>
  );
}

function PreviewFacts({ preview }: { readonly preview: Preview }) {
  const words = useWords(cardWords);
  const language = useLanguage();
  const refused = preview.refused.reduce((sum, { count }) => sum + count, 0);
  const will = Math.max(0, preview.count - refused);
  return (
    <>
      <Facts
        items={[
          [words.bulkWill, <strong key="will">{words.bulkCount(will)}</strong>],
          ...preview.balances.map(
            ({ currency, balance }) =>
              [words.bulkBalance, <Money key={currency} amount={balance} currency={currency} />] as const,
          ),
          ...preview.refused.map(
            ({ code, count }) =>
              [words.bulkRefused, `${words.bulkCount(count)}: ${refusalText(code, language)}`] as const,
          ),
        ]}
      />
      {will === 0 ? <Alert className="explain" type="warning" title={words.bulkNothing} /> : null}
    </>
  );
}

const readEveryMs = 1_500;
const whole = 100;

function Running({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const words = useWords(cardWords);
  const kit = useWords(kitWords);
  const language = useLanguage();
  const { data, error } = useAsk(
    'GET /v1/card-actions/{id}',
    { params: { id } },
    { everyMs: (action) => (action?.state === 'done' ? false : readEveryMs) },
  );
  const isDone = data?.state === 'done';
  return (
    <Dialog
      title={words.bulkTitle}
      onCancel={onClose}
      onOk={onClose}
      okText={kit.close}
      cancelButtonProps={{ hidden: true }}
    >
      <ErrorNote error={error} />
      {data ? (
        <>
          <Progress
            percent={data.total === 0 ? whole : Math.round((whole * data.done) / data.total)}
            aria-label={words.bulkTitle}
          />
          <p role="status">{words.bulkProgress(data.done, data.total, data.refused)}</p>
          <p className="soft small">{isDone ? words.bulkFinished : words.bulkOn}</p>
          <ul className="bulk-lines">
            {data.refusals.map(({ cardId, serial, code }) => (
              <li key={cardId}>
                <span className="mono">{serial}</span> {refusalText(code, language)}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <Skeleton active />
      )}
    </Dialog>
  );
}
