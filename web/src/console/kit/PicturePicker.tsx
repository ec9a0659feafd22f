import { Button } from 'antd';
import { type ChangeEvent, useRef } from 'react';
import { useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { ErrorNote } from './Notes.tsx';

type Props = {
  readonly purpose: 'logo' | 'card_face';
  readonly imageId: string | null;
  readonly name: string;
  readonly choose: string;
  readonly remove: string;
  readonly why: string;
  readonly busy: boolean;
  readonly error: Error | null;
  /** Takes the picture that was sent in, or none, for what it is to stand on. */
  readonly onKeep: (imageId: string | null) => void;
};

/** A picture that is shown to customers: seen, chosen, taken away. */
export function PicturePicker({ purpose, imageId, onKeep, busy, error, ...words }: Props) {
  const may = useMay('settings.write');
  const picker = useRef<HTMLInputElement>(null);
  const keep = useCommand('POST /v1/images');
  const onChoose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    if (!file) return;
    const data = await base64Of(file);
    // What was refused is told below.
    keep.mutate({ body: { purpose, data } }, { onSuccess: ({ body }) => onKeep(body.id) });
    target.value = '';
  };
  return (
    <div className="logo">
      {imageId === null ? null : <img src={`/v1/images/${imageId}`} alt={words.name} />}
      {may ? (
        <>
          <input
            ref={picker}
            type="file"
            hidden
            aria-label={words.name}
            accept="image/png,image/jpeg,image/webp,image/gif"
            onChange={(event) => void onChoose(event)}
          />
          <Button loading={keep.isPending || busy} onClick={() => picker.current?.click()}>
            {words.choose}
          </Button>
          {imageId === null ? null : (
            <Button type="text" onClick={() => onKeep(null)}>
              {words.remove}
            </Button>
          )}
          <p className="soft small">{words.why}</p>
        </>
      ) : null}
      <ErrorNote error={keep.error ?? error} />
    </div>
  );
}

/** The bytes of a file as base64, which is what follows the comma of its data address. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(new Error('the file could not be read'));
    reader.onload = () =>
      resolve(typeof reader.result === 'string' ? (reader.result.split(',')[1] ?? '') : '');
    reader.readAsDataURL(file);
  });
}
