import { z } from 'zod';
import { encodeId } from '../../../kernel/id.ts';
import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import { withFields } from '../../../platform/http/merge.ts';
import { commandRoute, type Route } from '../../../platform/http/route.ts';
import {
  exportMember,
  memberParams,
  readMember,
  type Vault,
  wholeAnswer,
  wholeMemberShape,
} from '../../members/index.ts';
import {
  type Asking,
  type AsWhom,
  answerOf,
  type ExportParts,
  itemOf,
  manyAtOnce,
  pagesOf,
  type ReadRoute,
} from '../lists/walk.ts';

/** A route that tells something of one member, as what it tells is called in their export. */
type Record = { readonly name: string; readonly route: ReadRoute; readonly by: 'id' | 'memberId' };

const answer = wholeMemberShape.extend({
  records: z.record(z.string(), z.unknown()).meta({
    description:
      'What the routes of a member answer, each under the last words of its path (`points`, `walletsHistory`, `purchases`): lists whole, as arrays.',
  }),
  withheld: z.array(z.string()).meta({
    description: 'Records that who asked may not see, so that they are not among these.',
  }),
});

/**
 * All that is kept of a member, to be handed to them: their profile in full and what every route of the API tells of them, so that what
 * is kept of members one day is in it on that day (PIPL art. 45, GDPR art. 15 and 20).
 */
export function memberExportRoute(
  routes: readonly Route[],
  { vault, ...parts }: ExportParts & { readonly vault: Vault },
): Route {
  const records = recordsOf(routes);
  return commandRoute({
    path: '/v1/members/:id/export',
    tag: 'Members',
    summary: 'All that is kept of a member, in full, to be handed to them; the log notes that it was',
    params: memberParams,
    body: z.strictObject({}),
    status: 200,
    answer,
    useCase: exportMember,
    input: ({ params }) => ({ id: params.id }),
    async finish(body, merchantId, { id }, _replayed, keyId) {
      const known = await parts.readOf(merchantId, (db) => readMember(db, merchantId, id));
      if (!known) return refused('member_not_found');
      const told = await toldOf(records, encodeId('mem', id), { parts, merchantId, keyId });
      return withFields(body, { ...wholeAnswer(merchantId, known, vault), ...told });
    },
  });
}

/** What of the API is about one member: what stands below a member in a path, and lists that are narrowed to one. */
function recordsOf(routes: readonly Route[]): readonly Record[] {
  const found = new Map<string, Record>();
  for (const route of routes) {
    const by = route.kind === 'read' ? memberOf(route) : undefined;
    if (route.kind !== 'read' || by === undefined) continue;
    const name = nameOf(route);
    const known = found.get(name);
    // Of two routes to the same rows the one below the member is shorter.
    if (!known || route.path.includes(':')) found.set(name, { name, route, by });
  }
  return [...found.values()];
}

function memberOf(route: ReadRoute): Record['by'] | undefined {
  if (/^\/v1\/members\/:id\/./.test(route.path)) return 'id';
  const isNarrowed = route.query instanceof z.ZodObject && 'memberId' in route.query.shape;
  return route.path.includes(':memberId') || (isNarrowed && itemOf(route)) ? 'memberId' : undefined;
}

/** `/v1/members/:id/points/history`: pointsHistory. */
function nameOf({ path }: Route): string {
  const words = path.split(/[/-]/).filter((word) => word !== '' && word !== 'v1' && !word.startsWith(':'));
  return (words[0] === 'members' ? words.slice(1) : words)
    .map((word, place) => (place === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1)))
    .join('');
}

async function toldOf(records: readonly Record[], memberId: string, whom: AsWhom) {
  const told: { [name: string]: unknown } = {};
  const withheld: string[] = [];
  for (const { name, route, by } of records) {
    const params = route.path.includes(':') ? { [by]: memberId } : {};
    const asking = {
      route,
      params: route.params?.parse(params),
      query: manyAtOnce(route, by in params ? {} : { [by]: memberId }),
    };
    const answered = itemOf(route) ? await itemsOf(asking, whom) : await wholeOf(asking, whom);
    if (!isRefused(answered)) told[name] = answered.told;
    else if (answered.refused === 'permission_denied') withheld.push(name);
  }
  return { records: told, withheld };
}

type Told = { readonly told: unknown };

const wholeOf = (asking: Asking, whom: AsWhom): Promise<Told | Refusal> =>
  answerOf(asking, whom, (told) => ({ told }));

async function itemsOf(asking: Asking, whom: AsWhom): Promise<Told | Refusal> {
  const told: unknown[] = [];
  for await (const page of pagesOf(asking, whom)) {
    if (isRefused(page)) return page;
    told.push(...page.items);
  }
  return { told };
}
