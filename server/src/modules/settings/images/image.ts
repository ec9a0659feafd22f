import { encodeId } from '../../../kernel/id.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';

/** A logo or the face of a card. It never changes; another one is another image. */
export type Image = {
  readonly id: string;
  readonly purpose: 'logo' | 'card_face';
  readonly width: number;
  readonly height: number;
  readonly bytes: Buffer;
  readonly createdAt: Date;
};

/** Without its bytes, which a decision has no use for. */
export type ImageFacts = Omit<Image, 'bytes'>;

export const newImages = entity<Image>('newImage', (image) => image.id, 'none');
export const images = entity<ImageFacts>('image', (image) => image.id, 'none');
export const imageById = finder(images, 'byId', (image) => [image.id]);

/** An image as the API shows it. */
export function imageAnswer({ id, purpose, width, height, createdAt }: ImageFacts) {
  const imageId = encodeId('img', id);
  return {
    id: imageId,
    purpose,
    width,
    height,
    path: `/v1/images/${imageId}`,
    createdAt: createdAt.toISOString(),
  };
}
