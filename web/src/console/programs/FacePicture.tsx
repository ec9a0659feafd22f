import { useAsk, useCommand } from '../../ui/asking.ts';
import { useWords } from '../../ui/words.ts';
import { Panel } from '../kit/Page.tsx';
import { PicturePicker } from '../kit/PicturePicker.tsx';
import { programWords } from './words.ts';

/** The picture on the cards of a program, as the wallet and the counter show it. */
export function FacePicture({ programId }: { readonly programId: string }) {
  const words = useWords(programWords);
  const { data } = useAsk('GET /v1/settings', {});
  const save = useCommand('POST /v1/card-programs/{id}/face');
  if (!data) return null;
  return (
    <Panel title={words.picture}>
      <PicturePicker
        purpose="card_face"
        imageId={data.faces.find((face) => face.programId === programId)?.imageId ?? null}
        name={words.picture}
        choose={words.choosePicture}
        remove={words.removePicture}
        why={words.pictureWhy}
        busy={save.isPending}
        error={save.error}
        onKeep={(imageId) => save.mutate({ params: { id: programId }, body: { imageId } })}
      />
    </Panel>
  );
}
