import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope } from '../../merchants/index.ts';
import { programById } from '../../programs/index.ts';
import { imageById } from '../images/image.ts';
import { faceAnswer, faceOf, faces, type ProgramFace } from './face.ts';

export type SetFaceInput = { readonly programId: string; readonly imageId: string | null };

/** Puts a picture on the cards of a program, or takes it away. */
export const setFace = useCase({
  name: 'program.set_face',
  permission: 'settings.write',
  movesValue: false,
  needs: ({ programId, imageId }: SetFaceInput, find) => ({
    program: find.one(programById, programId),
    face: find.one(faceOf, programId),
    image: imageId === null ? undefined : find.one(imageById, imageId),
  }),
  decide({ program, face, image }, { imageId }, { actor, now }) {
    const beyond = beyondScope(actor, null);
    if (beyond) return beyond;
    if (!program) return refused('program_not_found');
    if (imageId !== null && image?.purpose !== 'card_face')
      return refused('image_not_found', { field: 'imageId' });
    const changed: ProgramFace = { programId: program.id, imageId, updatedAt: now };
    const before = face ?? { programId: program.id, imageId: null };
    const details = { before: faceAnswer(before).imageId, after: faceAnswer(changed).imageId };
    return accepted({
      activities: [{ type: 'program.face_set', subjectId: program.id, details }],
      changes: [put(faces, changed)],
      result: faceAnswer(changed),
    });
  },
});
