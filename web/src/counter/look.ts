import { useAsk } from '../ui/asking.ts';

/** The merchant's logo and the pictures on its cards, as addresses; nothing until they are known. */
export function useLook(): {
  readonly logo: string | undefined;
  readonly hasFaces: boolean;
  readonly faceOf: (programId: string | undefined) => string | undefined;
} {
  const { data } = useAsk('GET /v1/settings', {});
  const at = (imageId: string | null | undefined) => (imageId ? `/v1/images/${imageId}` : undefined);
  return {
    logo: at(data?.logoImageId),
    hasFaces: (data?.faces.length ?? 0) > 0,
    faceOf: (programId) => at(data?.faces.find((face) => face.programId === programId)?.imageId),
  };
}
