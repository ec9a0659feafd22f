import { z } from 'zod';
import { isRefused } from '../../kernel/outcome.ts';
import { type Route, visitRoute } from '../../platform/http/route.ts';
import { currencyCode } from '../../platform/http/shapes.ts';
import { merchantOf, slugParams } from '../members/index.ts';
import { ContactAnswer } from '../merchants/index.ts';
import { cardRoutes, tag } from './cardRoutes.ts';
import { memberCodeRoute } from './code/routes.ts';
import { complaintRoutes } from './complaintRoutes.ts';
import { giftRoutes } from './giftRoutes.ts';
import { loadRoutes } from './load/routes.ts';
import type { WalletParts } from './parts.ts';
import { passesOf, passRoutes } from './passes/routes.ts';

/** All that a customer's phone asks for. */
export function walletRoutes(parts: WalletParts): readonly Route[] {
  return [
    merchantRoute(parts),
    ...cardRoutes(parts),
    ...loadRoutes(parts),
    memberCodeRoute(parts),
    ...giftRoutes(parts),
    ...complaintRoutes(parts),
    ...passRoutes(parts),
  ];
}

function merchantRoute(parts: WalletParts): Route {
  return visitRoute({
    method: 'GET',
    path: '/v1/wallet/:slug',
    tag,
    access: 'anyone',
    summary: 'Whose wallet this is: name, contact and terms',
    params: slugParams,
    status: 200,
    answer: z.object({
      slug: z.string(),
      name: z.string(),
      currency: currencyCode,
      timezone: z.string(),
      contact: ContactAnswer,
      terms: z.object({ zh: z.string().nullable(), en: z.string().nullable() }),
      termsVersion: z.int(),
      passes: z.object({ apple: z.boolean(), google: z.boolean() }),
    }),
    async visit({ params }) {
      const merchant = await merchantOf(parts, params.slug);
      if (isRefused(merchant)) return merchant;
      const { slug, name, currency, timezone, contact, terms, termsVersion } = merchant;
      const passes = await passesOf(parts, merchant.id);
      return { body: { slug, name, currency, timezone, contact, terms, termsVersion, passes } };
    },
  });
}
