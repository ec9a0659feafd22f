import { z } from 'zod';
import { commandRoute, type Route, readRoute } from '../../platform/http/route.ts';
import { idIn, idOut } from '../../platform/http/shapes.ts';
import { changeSettings } from './changeSettings.ts';
import { imageRoutes } from './images/routes.ts';
import { noProfile, profileAnswer } from './profile.ts';
import { readProfile } from './store.ts';
import { viewRoutes } from './views/routes.ts';

const tag = 'Settings';

const shape = z.object({ logoImageId: idOut('img').nullable() });

/** Settings of a merchant, saved views, and pictures. */
export const settingsRoutes: readonly Route[] = [
  readRoute({
    path: '/v1/settings',
    tag,
    summary: 'The logo of the merchant. Contact and terms: GET /v1/merchant.',
    permission: 'merchant.read',
    answer: shape,
    async read(db, _parsed, { merchantId, now }) {
      return profileAnswer((await readProfile(db, merchantId)) ?? noProfile(merchantId, now));
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
];
