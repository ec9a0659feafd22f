import { z } from 'zod';
import { encodeId } from '../../../kernel/id.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { read } from '../../../platform/db/read.ts';
import { commandRoute, type Route, visitRoute } from '../../../platform/http/route.ts';
import { idIn, idOut } from '../../../platform/http/shapes.ts';
import { type MemberParts, merchantOf, slugParams } from '../../members/index.ts';
import { readProfile } from '../store.ts';
import { setFace } from './setFace.ts';
import { readFaces, readShownImage } from './store.ts';

const tag = 'Settings';

export const faceShape = z.object({ programId: idOut('prog'), imageId: idOut('img').nullable() });

/** The pictures on cards, and what of all this customers see. */
export function faceRoutes(parts: Pick<MemberParts, 'readers'>): readonly Route[] {
  return [
    commandRoute({
      path: '/v1/card-programs/:id/face',
      tag,
      summary: 'Put a picture on the cards of a program; null takes it away',
      status: 200,
      params: z.strictObject({ id: idIn('prog') }),
      body: z.strictObject({ imageId: idIn('img').nullable() }),
      answer: faceShape,
      useCase: setFace,
      input: ({ params, body }) => ({ programId: params.id, imageId: body.imageId }),
    }),
    visitRoute({
      method: 'GET',
      path: '/v1/wallet/:slug/look',
      tag: 'Wallet',
      access: 'anyone',
      summary: 'The logo of a merchant and the faces of its cards, as addresses of pictures',
      params: slugParams,
      answer: z.object({
        logo: z.string().nullable(),
        faces: z.array(z.object({ programId: idOut('prog'), path: z.string() })),
      }),
      async visit({ params }) {
        const merchant = await merchantOf(parts, params.slug);
        if (isRefused(merchant)) return merchant;
        const at = (imageId: string) => `/v1/wallet/${merchant.slug}/images/${encodeId('img', imageId)}`;
        const [profile, faces] = await read(parts.readers, merchant.id, (db) =>
          Promise.all([readProfile(db, merchant.id), readFaces(db, merchant.id)]),
        );
        return {
          body: {
            logo: profile?.logoId ? at(profile.logoId) : null,
            faces: faces.flatMap(({ programId, imageId }) =>
              imageId === null ? [] : [{ programId: encodeId('prog', programId), path: at(imageId) }],
            ),
          },
        };
      },
    }),
    visitRoute({
      method: 'GET',
      path: '/v1/wallet/:slug/images/:id',
      tag: 'Wallet',
      access: 'anyone',
      summary: 'A picture that a merchant shows to its customers now, as WebP',
      params: slugParams.extend({ id: idIn('img') }),
      answer: 'image',
      async visit({ params }) {
        const merchant = await merchantOf(parts, params.slug);
        if (isRefused(merchant)) return merchant;
        const bytes = await read(parts.readers, merchant.id, (db) =>
          readShownImage(db, merchant.id, params.id),
        );
        return bytes ? { body: { picture: bytes, type: 'image/webp' } } : refused('image_not_found');
      },
    }),
  ];
}
