import { useAsk, useCommand } from '../../ui/asking.ts';
import { useWords } from '../../ui/words.ts';
import { Panel } from '../kit/Page.tsx';
import { PicturePicker } from '../kit/PicturePicker.tsx';
import { programWords } from './words.ts';

/** The picture of a program's cards, if it has one. */
export function useFacePicture(programId: string | undefined): string | null {
  const { data } = useAsk('GET /v1/settings', {}, { enabled: programId !== undefined });
  return data?.faces.find((face) => face.programId === programId)?.imageId ?? null;
}

/** The picture on the cards of a program, as the wallet and the counter show it. */
export function FacePicture({ programId }: { readonly programId: string }) {
  const words = useWords(programWords);
  const imageId = useFacePicture(programId);
  const save = useCommand('POST /v1/card-programs/{id}/face');
  return (
    <Panel title={words.picture}>
      <PicturePicker
        purpose="card_face"
        imageId={imageId}
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
