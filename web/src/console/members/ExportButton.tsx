import { Alert, Button, Popconfirm } from 'antd';
import { useCommand } from '../../ui/asking.ts';

import { useWords } from '../../ui/words.ts';
import { saveFile } from '../kit/export.ts';
import { ErrorNote } from '../kit/Notes.tsx';
import { kitWords } from '../words.ts';
import { memberWords } from './words.ts';

/** Saves all that is kept of a member as a file, to be handed to them. */
export function ExportButton({ memberId }: { readonly memberId: string }) {
  const words = useWords(memberWords);
  const kit = useWords(kitWords);
  const take = useCommand('POST /v1/members/{id}/export');
  const save = async () => {
    const { body } = await take.mutateAsync({ params: { id: memberId }, body: {} });
    saveFile(new Blob([JSON.stringify(body, null, 2)], { type: 'application/json' }), `${memberId}.json`);
  };
  return (
    <>
      <Popconfirm
        title={words.exportWhy}
        okText={words.exportAll}
        cancelText={kit.cancel}
        onConfirm={() => void save().catch(() => undefined)}
      >
        <Button loading={take.isPending}>{words.exportAll}</Button>
      </Popconfirm>
      <ErrorNote error={take.error} />
      {take.data && take.data.body.withheld.length > 0 ? (
        <Alert className="explain" type="warning" title={words.exportShort} />
      ) : null}
    </>
  );
}
