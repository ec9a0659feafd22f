import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope } from '../../merchants/index.ts';
import { type Image, imageAnswer, newImages } from './image.ts';

/** `bytes`: as we encoded them. */
export type AddImageInput = Pick<Image, 'purpose' | 'width' | 'height' | 'bytes'>;

/** Keeps a logo or the face of a card. */
export const addImage = useCase({
  name: 'image.add',
  permission: 'settings.write',
  movesValue: false,
  needs: (_input: AddImageInput) => undefined,
  decide(_rows, { purpose, width, height, bytes }, { actor, newId, now }) {
    const beyond = beyondScope(actor, null);
    if (beyond) return beyond;
    const image: Image = { id: newId(), purpose, width, height, bytes, createdAt: now };
    const details = { purpose, width, height, bytes: bytes.length };
    return accepted({
      activities: [{ type: 'image.added', subjectId: image.id, details }],
      changes: [put(newImages, image)],
      result: imageAnswer(image),
    });
  },
});
