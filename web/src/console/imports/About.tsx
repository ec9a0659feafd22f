import { Button } from 'antd';
import { useState } from 'react';
import { ask } from '../../api/client.ts';
import { useWords } from '../../ui/words.ts';
import { Moment } from '../kit/columns.tsx';
import { saveFile } from '../kit/export.ts';
import { ErrorNote } from '../kit/Notes.tsx';
import { useStoreName } from '../kit/names.ts';
import { Facts, Panel } from '../kit/Page.tsx';
import type { Import } from './ImportState.tsx';
import { columnWords, importWords } from './words.ts';

/** What file it is, and by what it can be told from any other. */
export function About({ one, mayTake }: { readonly one: Import; readonly mayTake: boolean }) {
  const words = useWords(importWords);
  const columns = useWords(columnWords);
  const storeName = useStoreName();
  const { kind, quantity, createdAt, sha256, storeId, sample, state, format } = one;
  const answers: readonly (readonly [string, string])[] =
    kind === 'members' && state !== 'reading' && state !== 'failed' && state !== 'read'
      ? [[columns.store, storeId === null ? columns.merchantItself : storeName(storeId)]]
      : [];
  return (
    <Panel title={words.facts}>
      <Facts
        items={[
          [words.kind, words[kind]],
          [words.rows, quantity.toLocaleString()],
          [words.sentAt, <Moment key="sent" at={createdAt} />],
          ...answers,
          [
            words.sha,
            <span key="sha" className="mono small">
              {sha256}
            </span>,
          ],
        ]}
      />
      {mayTake && format === 'csv' && sample.length > 0 ? <TakeFile id={one.id} /> : null}
      <p className="soft small between">{words.kept}</p>
    </Panel>
  );
}

function TakeFile({ id }: Pick<Import, 'id'>) {
  const words = useWords(importWords);
  const [error, setError] = useState<Error | null>(null);
  const take = () =>
    ask('POST /v1/imports/{id}/take-file', { params: { id }, body: {} })
      .then(({ body }) => saveFile(new Blob([body], { type: 'text/csv' }), `${id}.csv`))
      .catch(setError);
  return (
    <>
      <Button className="between" onClick={() => void take()}>
        {words.takeFile}
      </Button>
      <ErrorNote error={error} />
    </>
  );
}
