import { z } from 'zod';
import { encodeId } from '../../../kernel/id.ts';
import { readRoute } from '../../../platform/http/route.ts';
import { idOut, instant } from '../../../platform/http/shapes.ts';
import { listWaiting } from './store.ts';

const most = 50;

/** What waits for whoever looks: asked for often, so without figures. */
export const waitingRoute = readRoute({
  path: '/v1/waiting-statements',
  tag: 'Settlement',
  summary: 'Statements that wait for a store to confirm or dispute, the oldest first, fifty at most',
  permission: 'settlement.answer',
  answer: z.object({
    items: z.array(
      z.object({
        id: idOut('sst'),
        number: z.int().meta({ description: 'Of its period.' }),
        name: z.string().meta({ description: 'Of the store.' }),
        answerBy: instant,
      }),
    ),
  }),
  async read(db, _parsed, { merchantId, actor }) {
    const storeIds = actor.storeIds === null ? null : [...actor.storeIds];
    const found = await listWaiting(db, merchantId, storeIds, most);
    return {
      items: found.map(({ id, number, name, answerBy }) => ({
        id: encodeId('sst', id),
        ...{ number, name, answerBy: answerBy.toISOString() },
      })),
    };
  },
});
