import { z } from 'zod';
import { encodeId } from '../../kernel/id.ts';
import { page } from '../../platform/http/page.ts';
import { type Route, readRoute } from '../../platform/http/route.ts';
import { idIn, idOut, instant, pageOf, pageQuery } from '../../platform/http/shapes.ts';
import { readMerchant } from '../merchants/index.ts';
import type { Channels } from './channels.ts';
import { openContent } from './content.ts';
import type { NoticeParts } from './jobs.ts';
import { channelNames, events } from './notice.ts';
import { dueRoutes } from './reminders/routes.ts';
import { type ListedNotice, list } from './store.ts';
import { worded } from './templates.ts';

const noticeShape = z.object({
  id: idOut('ntc'),
  event: z.enum(events),
  memberId: idOut('mem').nullable(),
  language: z.enum(['zh', 'en']),
  channel: z.enum(channelNames).nullable(),
  state: z.enum(['waiting', 'sending', 'sent', 'dead']),
  attempts: z.int(),
  failure: z.string().nullable(),
  text: z
    .string()
    .nullable()
    .meta({ description: 'Only of what stands in the outbox, until it is too old.' }),
  createdAt: instant,
  endedAt: instant.nullable(),
});

type Parts = Pick<NoticeParts, 'vault'> & { readonly channels: Channels };

/** The notices, and what stands in the outbox where there is one. */
export function noticeRoutes({ vault, channels }: Parts): readonly Route[] {
  const textOf = (merchantId: string, merchant: string, notice: ListedNotice, now: Date) => {
    const { id, channel, sealedContent, goodUntil, event, language } = notice;
    const isOver = goodUntil !== null && now >= goodUntil;
    if (channel !== 'outbox' || sealedContent === null || isOver || !channels.has('outbox')) return null;
    const { params } = openContent(vault, merchantId, id, sealedContent);
    return worded(event, language, { ...params, merchant }).text;
  };
  return [
    ...dueRoutes,
    readRoute({
      path: '/v1/notices',
      tag: 'Members',
      summary: 'What members were told, the newest first; the words only where an outbox holds them',
      permission: 'notices.outbox',
      query: z.strictObject({ cursor: idIn('ntc').optional(), limit: pageQuery.limit }),
      answer: pageOf(noticeShape),
      async read(db, { query }, { merchantId, now }) {
        const merchant = await readMerchant(db, merchantId);
        const found = await list(db, merchantId, query.cursor ?? null, query.limit + 1);
        const shown = (notice: ListedNotice) => ({
          id: encodeId('ntc', notice.id),
          event: notice.event,
          memberId: notice.memberId === null ? null : encodeId('mem', notice.memberId),
          language: notice.language,
          channel: notice.channel,
          state: notice.state,
          attempts: notice.attempts,
          failure: notice.failure,
          text: textOf(merchantId, merchant?.name ?? '', notice, now),
          createdAt: notice.createdAt.toISOString(),
          endedAt: notice.endedAt?.toISOString() ?? null,
        });
        return page(found, query.limit, shown, ({ id }) => encodeId('ntc', id));
      },
    }),
  ];
}
