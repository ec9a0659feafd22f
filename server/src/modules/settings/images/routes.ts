import { z } from 'zod';
import { refused } from '../../../kernel/outcome.ts';
import { encodeAnew } from '../../../platform/files/picture.ts';
import { commandRoute, type Route, readRoute } from '../../../platform/http/route.ts';
import { idIn, idOut, instant } from '../../../platform/http/shapes.ts';
import { readImage } from '../store.ts';
import { addImage } from './addImage.ts';

const tag = 'Settings';
const base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/, 'must be base64');
const purpose = z.enum(['logo', 'card_face']);
/** In base64: seven hundred kilobytes of file. */
const textMax = 960_000;
const sideMax = { logo: 512, card_face: 1_600 } as const;
const bytesMax = 1_000_000;

/** Logos and card faces, encoded anew. */
export const imageRoutes: readonly Route[] = [
  commandRoute({
    path: '/v1/images',
    tag,
    summary: 'Keep a logo or the face of a card: PNG, JPEG, WebP or GIF, which is encoded anew as WebP',
    status: 201,
    body: z.strictObject({
      purpose,
      data: base64.max(textMax).meta({ description: 'The file in base64, at most 700 kilobytes.' }),
    }),
    answer: z.object({
      id: idOut('img'),
      purpose,
      width: z.int(),
      height: z.int(),
      path: z.string(),
      createdAt: instant,
    }),
    useCase: addImage,
    async prepare({ body }) {
      const limits = { sideMax: sideMax[body.purpose], bytesMax };
      return (
        (await encodeAnew(Buffer.from(body.data, 'base64'), limits)) ??
        refused('image_not_good', { field: 'data' })
      );
    },
    input: ({ body }, _edge, encoded) => ({ purpose: body.purpose, ...encoded }),
  }),
  readRoute({
    path: '/v1/images/:id',
    tag,
    summary: 'The picture itself, as WebP',
    permission: 'merchant.read',
    params: z.strictObject({ id: idIn('img') }),
    answer: 'image',
    async read(db, { params }, { merchantId }) {
      const bytes = await readImage(db, merchantId, params.id);
      return bytes ? { picture: bytes, type: 'image/webp' } : refused('image_not_found');
    },
  }),
];
