import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { hasPasskeys, makePasskey } from '../../ui/signin/passkeys.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { Moment } from '../kit/columns.tsx';
import { TextField } from '../kit/fields.tsx';
import { ErrorNote } from '../kit/Notes.tsx';
import { Panel } from '../kit/Page.tsx';
import { securityWords } from './words.ts';

/** One's passkeys: which there are, a new one, and one less. */
export function Passkeys({ onCodes }: { readonly onCodes: (codes: readonly string[]) => void }) {
  const words = useWords(securityWords);
  const client = useQueryClient();
  const { data } = useAsk('GET /v1/session/passkeys', {});
  const remove = useCommand('POST /v1/session/passkeys/{id}/remove');
  const [isAdding, setAdding] = useState(false);
  const items = data?.items ?? [];
  return (
    <Panel title={words.passkeys}>
      <p className="soft small">{hasPasskeys ? words.passkeysWhy : words.unsupported}</p>
      <ErrorNote error={remove.error} />
      <ul className="lots">
        {items.map(({ id, name, lastUsedAt }) => (
          <li key={id}>
            <span>
              {name}
              <br />
              <span className="soft small">
                {words.passkeyUsed}: {lastUsedAt === null ? words.never : <Moment at={lastUsedAt} />}
              </span>
            </span>
            <Button size="small" danger onClick={() => remove.mutate({ params: { id }, body: {} })}>
              {words.remove}
            </Button>
          </li>
        ))}
      </ul>
      {items.length === 0 ? <p className="soft">{words.noPasskeys}</p> : null}
      {hasPasskeys ? (
        <p className="verbs spaced">
          <Button onClick={() => setAdding(true)}>{words.passkeyAdd}</Button>
        </p>
      ) : null}
      {isAdding ? (
        <ActionDialog<{ name: string }, unknown>
          title={words.passkeyAdd}
          action={words.passkeyAdd}
          submit={async ({ name }) => {
            const body = await makePasskey(name);
            if (body.recoveryCodes) onCodes(body.recoveryCodes);
            void client.invalidateQueries();
            return { status: 200, body, replayed: false };
          }}
          onClose={() => setAdding(false)}
        >
          <TextField name="name" label={words.passkeyName} max={60} />
        </ActionDialog>
      ) : null}
    </Panel>
  );
}
