import { z } from 'zod';
import { encodeId } from '../../kernel/id.ts';
import { refused } from '../../kernel/outcome.ts';
import { read } from '../../platform/db/read.ts';
import { fieldsOf, withFields } from '../../platform/http/merge.ts';
import { commandRoute, type Route, readRoute } from '../../platform/http/route.ts';
import {
  type MemberParts,
  memberAnswer,
  memberParams,
  noMember,
  profileAnswer,
  readHeir,
  readMember,
} from '../members/index.ts';
import { mergeMembers } from './mergeMembers.ts';
import { previewMerge } from './preview.ts';
import { HeirAnswer, MergeBody, MergedAnswer, PreviewAnswer, PreviewBody } from './shapes.ts';

const tag = 'Members';
const side = z.looseObject({});
const previewed = z.object({ from: side, into: side });

type Parts = Pick<MemberParts, 'readers' | 'vault'>;

/** How two records of one person become one. */
export function mergingRoutes(parts: Parts): readonly Route[] {
  return [
    commandRoute({
      path: '/v1/members/:id/merge-preview',
      tag,
      summary: 'What merging a member into another would do, and what forbids it. Changes nothing',
      params: memberParams,
      body: PreviewBody,
      status: 200,
      answer: PreviewAnswer,
      useCase: previewMerge,
      input: ({ params, body }) => ({ fromId: params.id, intoId: body.intoId }),
      finish: withPersons(parts),
    }),
    commandRoute({
      path: '/v1/members/:id/merge',
      tag,
      summary:
        'Merge a member into another for ever: all they have goes over, and nothing that names them stays',
      params: memberParams,
      body: MergeBody,
      status: 200,
      answer: MergedAnswer,
      useCase: mergeMembers,
      input: ({ params, body }) => ({ fromId: params.id, ...body }),
    }),
    readRoute({
      path: '/v1/members/:id/heir',
      tag,
      summary: 'Which member a merged one is part of now',
      permission: 'members.read',
      params: memberParams,
      answer: HeirAnswer,
      async read(db, { params: { id } }, { merchantId }) {
        const heir = await readHeir(db, merchantId, id);
        if (!heir) return refused('member_not_merged');
        return {
          id: encodeId('mem', id),
          mergedIntoId: encodeId('mem', heir.mergedInto),
          mergedAt: heir.mergedAt.toISOString(),
        };
      },
    }),
  ];
}

type Named = { readonly fromId: string; readonly intoId: string };

/** The answer with who the two are, which is read at the edge alone. */
const withPersons =
  ({ readers, vault }: Parts) =>
  async (body: string, merchantId: string, { fromId, intoId }: Named) => {
    const { from, into } = fieldsOf(body, previewed);
    const found = await read(readers, merchantId, async (db) => {
      const [one, other] = [
        await readMember(db, merchantId, fromId),
        await readMember(db, merchantId, intoId),
      ];
      if (!one) return noMember(db, merchantId, fromId);
      if (!other) return noMember(db, merchantId, intoId);
      const persons = [one, other].map(({ member }) => {
        const { phone, name, email, createdAt } = memberAnswer(merchantId, member, vault);
        return { phone, name, email, createdAt, ...profileAnswer(merchantId, member, vault) };
      });
      return { persons };
    });
    if ('refused' in found) return found;
    const [one, other] = found.persons;
    return withFields(body, { from: { ...from, person: one }, into: { ...into, person: other } });
  };
