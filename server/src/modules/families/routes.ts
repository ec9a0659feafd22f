import { refused } from '../../kernel/outcome.ts';
import { page } from '../../platform/http/page.ts';
import { commandRoute, type Route, readRoute } from '../../platform/http/route.ts';
import type { CardDesk } from '../cards/index.ts';
import { type MemberParts, memberParams, noMember, readMember } from '../members/index.ts';
import { readMerchant } from '../merchants/index.ts';
import { beginShare } from './begin.ts';
import { endShare } from './end.ts';
import { ownFamilyRoutes } from './own/routes.ts';
import { sharesOf } from './reading.ts';
import * as shapes from './shapes.ts';

type Parts = MemberParts & { readonly desk: CardDesk };

const tag = 'Family sharing';

/** How one member pays from another's wallet, as staff see it and as the two do. */
export function familyRoutes(parts: Parts): readonly Route[] {
  return [...staffRoutes(parts), ...ownFamilyRoutes(parts)];
}

function staffRoutes({ desk, vault }: Parts): readonly Route[] {
  const shown = (merchantId: string, code: string) => desk.present(merchantId, code, undefined).payment;
  return [
    readRoute({
      path: '/v1/members/:id/family',
      tag,
      summary: 'Whom a member lets pay from their wallet, and whose they may pay from, the newest first',
      permission: 'members.read',
      params: memberParams,
      query: shapes.listQuery,
      answer: shapes.FamilyPage,
      async read(db, { params: { id }, query: { cursor = null, limit } }, { merchantId, now }) {
        const [known, merchant] = [await readMember(db, merchantId, id), await readMerchant(db, merchantId)];
        if (!known) return noMember(db, merchantId, id);
        if (!merchant) return refused('merchant_not_found');
        const rows = await sharesOf(db, id, { before: cursor, limit: limit + 1 }, { merchant, vault, now });
        return page(
          rows,
          limit,
          (row) => row,
          (row) => row.id,
        );
      },
    }),
    commandRoute({
      path: '/v1/family-shares',
      tag,
      summary: 'Let one member pay from another’s wallet, where the phones of both are shown',
      body: shapes.BeginBody,
      status: 201,
      answer: shapes.ShareBegun,
      useCase: beginShare,
      input: ({ body: { payerCode, relativeCode, ...terms } }, { merchantId }) => ({
        ...terms,
        payer: shown(merchantId, payerCode),
        relative: shown(merchantId, relativeCode),
      }),
    }),
    commandRoute({
      path: '/v1/family-shares/:id/end',
      tag,
      summary: 'End a family share, for whoever of the two asks',
      params: shapes.shareParams,
      status: 200,
      answer: shapes.ShareMade,
      useCase: endShare,
      input: ({ params }) => ({ shareId: params.id }),
    }),
  ];
}
