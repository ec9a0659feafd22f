import { z } from 'zod';
import { commandRoute, type Route, readRoute } from '../../platform/http/route.ts';
import { idIn, idOut } from '../../platform/http/shapes.ts';
import type { MemberParts } from '../members/index.ts';
import { changeSettings } from './changeSettings.ts';
import { faceAnswer } from './faces/face.ts';
import { faceRoutes, faceShape } from './faces/routes.ts';
import { readFaces } from './faces/store.ts';
import { imageRoutes } from './images/routes.ts';
import { noProfile, profileAnswer } from './profile.ts';
import { readProfile } from './store.ts';
import { viewRoutes } from './views/routes.ts';

const tag = 'Settings';

const shape = z.object({ logoImageId: idOut('img').nullable() });
const look = shape.extend({ faces: z.array(faceShape) });

/** Settings of a merchant, saved views, and pictures. */
export const settingsRoutes = (parts: Pick<MemberParts, 'readers'>): readonly Route[] => [
  readRoute({
    path: '/v1/settings',
    tag,
    summary: 'The logo of the merchant, and the faces of its cards. Contact and terms: GET /v1/merchant.',
    permission: 'merchant.read',
    answer: look,
    async read(db, _parsed, { merchantId, now }) {
      const profile = (await readProfile(db, merchantId)) ?? noProfile(merchantId, now);
      const faces = await readFaces(db, merchantId);
      return { ...profileAnswer(profile), faces: faces.map(faceAnswer) };
    },
  }),
  commandRoute({
    method: 'PATCH',
    path: '/v1/settings',
    tag,
    summary: 'Change the logo; null takes it away',
    status: 200,
    body: z.strictObject({ logoImageId: idIn('img').nullish() }),
    answer: shape,
    useCase: changeSettings,
    input: ({ body: { logoImageId } }) => ({ logoId: logoImageId }),
  }),
  ...viewRoutes,
  ...imageRoutes,
  ...faceRoutes(parts),
];
