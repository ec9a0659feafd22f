import { encodeId } from '../../../kernel/id.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';

/** The picture on the cards of a program. */
export type ProgramFace = {
  readonly programId: string;
  readonly imageId: string | null;
  readonly updatedAt: Date;
};

export const faces = entity<ProgramFace>('programFace', (face) => face.programId);
export const faceOf = finder(faces, 'ofProgram', (face) => [face.programId]);

/** A face as the API shows it. */
export function faceAnswer({ programId, imageId }: Pick<ProgramFace, 'programId' | 'imageId'>) {
  return {
    programId: encodeId('prog', programId),
    imageId: imageId === null ? null : encodeId('img', imageId),
  };
}
