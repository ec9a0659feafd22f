import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Modal, Progress } from 'antd';
import { useState } from 'react';
import { type AnswerOf, ask, type ItemOf, newKey, Refused } from '../../api/client.ts';
import { refusalText, useLanguage, useWords } from '../../ui/words.ts';
import { ReasonField } from '../kit/fields.tsx';
import { kitWords } from '../words.ts';
import { cardWords, verbWords } from './words.ts';

type Card = ItemOf<'GET /v1/cards'>;
type Verb = 'freeze' | 'unfreeze' | 'void';
type Line = {
  readonly card: AnswerOf<'GET /v1/cards/{id}'>;
  /** Stays the same however often it is tried. */
  readonly key: string;
  /** Why not: what the server says beforehand, or said when it was tried. */
  readonly refused: string | undefined;
  readonly done: boolean;
};

/** What can be done with the cards that were chosen on this page. */
export function BulkBar({ cards, onDone }: { readonly cards: readonly Card[]; readonly onDone: () => void }) {
  const words = useWords(cardWords);
  const verbs = useWords(verbWords);
  const [verb, setVerb] = useState<Verb>();
  const [lines, setLines] = useState<readonly Line[]>();
  const preview = async (wanted: Verb) => {
    setVerb(wanted);
    setLines(undefined);
    const fresh = await Promise.all(cards.map(({ id }) => ask('GET /v1/cards/{id}', { params: { id } })));
    setLines(
      fresh.map(({ body: card }) => ({
        card,
        key: newKey(),
        refused: card.allowed[wanted]?.ok === true ? undefined : (card.allowed[wanted]?.reason ?? ''),
        done: false,
      })),
    );
  };
  const close = () => {
    if (lines?.some(({ done }) => done)) onDone();
    setVerb(undefined);
  };
  return (
    <div className="bulk" role="toolbar" aria-label={words.chosen(cards.length)}>
      <strong>{words.chosen(cards.length)}</strong>
      {(['freeze', 'unfreeze', 'void'] as const).map((one) => (
        <Button key={one} danger={one === 'void'} onClick={() => void preview(one)}>
          {verbs[one]}
        </Button>
      ))}
      <Button type="text" onClick={onDone}>
        {words.unchoose}
      </Button>
      {verb === undefined ? null : (
        <BulkDialog verb={verb} lines={lines} setLines={setLines} count={cards.length} onClose={close} />
      )}
    </div>
  );
}

type DialogProps = {
  readonly verb: Verb;
  readonly lines: readonly Line[] | undefined;
  readonly setLines: (lines: readonly Line[]) => void;
  readonly count: number;
  readonly onClose: () => void;
};

function BulkDialog({ verb, lines, setLines, count, onClose }: DialogProps) {
  const words = useWords(cardWords);
  const kit = useWords(kitWords);
  const verbs = useWords(verbWords);
  const client = useQueryClient();
  const [form] = Form.useForm<{ reason: string }>();
  const [isBusy, setBusy] = useState(false);
  const [tried, setTried] = useState(0);
  const ready = (lines ?? []).filter(({ refused, done }) => refused === undefined && !done);
  const run = async ({ reason }: { reason: string }) => {
    setBusy(true);
    let now = lines ?? [];
    for (const line of ready) {
      const outcome = await carryOut(verb, line, reason);
      now = now.map((one) => (one.card.id === line.card.id ? { ...one, ...outcome } : one));
      setLines(now);
      setTried((before) => before + 1);
    }
    setBusy(false);
    void client.invalidateQueries();
  };
  return (
    <Modal
      open
      width={640}
      title={words.bulkTitle(verbs[verb], count)}
      onCancel={onClose}
      mask={{ closable: false }}
      okText={words.bulkGo(ready.length)}
      cancelText={tried > 0 ? kit.close : kit.cancel}
      okButtonProps={{ danger: verb === 'void', disabled: ready.length === 0, loading: isBusy }}
      onOk={() => form.submit()}
    >
      {lines === undefined ? <p className="soft">{words.bulkChecking}…</p> : <p>{words.bulkPreview}</p>}
      <BulkLines lines={lines ?? []} />
      {isBusy ? <Progress percent={Math.round((100 * tried) / (tried + ready.length))} /> : null}
      <Form form={form} layout="vertical" disabled={isBusy} onFinish={(values) => void run(values)}>
        <ReasonField />
      </Form>
    </Modal>
  );
}

async function carryOut(
  verb: Verb,
  { card, key }: Line,
  reason: string,
): Promise<Pick<Line, 'refused' | 'done'>> {
  try {
    const params = { id: card.id };
    if (verb === 'freeze')
      await ask('POST /v1/cards/{id}/freeze', { params, body: { reason }, idempotencyKey: key });
    else if (verb === 'unfreeze')
      await ask('POST /v1/cards/{id}/unfreeze', { params, body: { reason }, idempotencyKey: key });
    else await ask('POST /v1/cards/{id}/void', { params, body: { reason }, idempotencyKey: key });
    return { refused: undefined, done: true };
  } catch (error) {
    // Without an answer it stays to be done, under the same key.
    return { refused: error instanceof Refused ? error.code : undefined, done: false };
  }
}

function BulkLines({ lines }: { readonly lines: readonly Line[] }) {
  const words = useWords(cardWords);
  const language = useLanguage();
  return (
    <ul className="bulk-lines">
      {lines.map(({ card, refused, done }) => (
        <li key={card.id}>
          <span className="mono">{card.serial}</span>
          {done ? <span className="mark good">{words.bulkDone}</span> : null}
          {!done && refused === undefined ? <span className="mark quiet">{words.bulkWill}</span> : null}
          {refused === undefined ? null : (
            <span>
              <span className="mark look">{words.bulkWillNot}</span> {refusalText(refused, language)}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
