import { setTimeout as delay } from 'node:timers/promises';
import { allMerchants, read, writeAside } from '../../platform/db/read.ts';
import type { Job } from '../../platform/jobs/runner.ts';
import { eventTypeWords } from './events.ts';

import { type SendingParts, sendDue } from './sending/jobs.ts';
import {
  activeEndpoint,
  type Due,
  deleteEndedBefore,
  dueEndpoints,
  plan,
  planAgain,
} from './sending/store.ts';

const stretchMax = 1_000;
const endpointsAtOnce = 16;
/** For so long a run waits for slow receivers; then they go on by themselves, and others are not kept waiting. */
const runMs = 2_000;
const keptMs = 30 * 86_400_000;

/** Sends news. It has one entrance, the rows: a process that is killed leaves claims that lapse. */
export function webhookJobs(parts: SendingParts): readonly Job[] {
  const busy = new Map<string, Promise<void>>();
  return [
    {
      name: 'webhooks.deliver',
      everyMs: 1_000,
      async run(signal) {
        const due = await read(parts.readers, allMerchants, (db) => dueEndpoints(db, parts.clock()));
        for (const one of due) {
          if (busy.has(one.id) || busy.size >= endpointsAtOnce) continue;
          const work = serve(parts, one, signal)
            .catch((error: unknown) => parts.log.error('webhooks could not be sent', { ...one }, error))
            .finally(() => busy.delete(one.id));
          busy.set(one.id, work);
        }
        await Promise.race([Promise.all(busy.values()), delay(runMs, undefined, { ref: false })]);
        return false;
      },
      async atStop() {
        await Promise.all(busy.values());
      },
    },
    {
      name: 'webhooks.deleteOld',
      everyMs: 3_600_000,
      async run() {
        const before = new Date(parts.clock().getTime() - keptMs);
        await writeAside(parts.writers, allMerchants, (db) => deleteEndedBefore(db, before));
        return false;
      },
    },
  ];
}

/** Reads the log on for one endpoint and sends what is due, until there is nothing more to do. */
async function serve(parts: SendingParts, due: Due, signal: AbortSignal): Promise<void> {
  const { readers, writers, clock } = parts;
  while (!signal.aborted) {
    const endpoint = await read(readers, due.merchantId, (db) => activeEndpoint(db, due));
    if (!endpoint) return;
    const types = endpoint.eventTypes ?? eventTypeWords;
    const now = clock();
    const more = await writeAside(writers, due.merchantId, async (db) => {
      const read = await plan(db, due, { fromSeq: endpoint.fromSeq, types, now, limit: stretchMax });
      const again = await planAgain(db, due, { types, now, limit: stretchMax });
      return read > 0 || again;
    });
    const sent = await sendDue(parts, due, endpoint, signal);
    if (!sent && !more) return;
  }
}
