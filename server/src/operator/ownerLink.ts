import { openRuntime } from '../app.ts';
import { decodeId } from '../kernel/id.ts';
import type { Settings } from '../platform/config/settings.ts';
import { openDatabase } from './database.ts';
import { ownerLink } from './owners.ts';
import { processLog } from './serve.ts';
import { say, sayJson } from './terminal.ts';
import { Usage } from './usage.ts';

/** Makes a link by which somebody becomes an owner of a merchant that has none, or has lost them. */
export async function makeOwnerLink(
  settings: Settings,
  merchant: string | undefined,
  json: boolean,
): Promise<number> {
  const merchantId = merchant === undefined ? undefined : decodeId('mer', merchant);
  if (merchantId === undefined) throw new Usage('--merchant: give an id that begins with mer_');
  const database = await openDatabase(settings);
  const runtime = openRuntime({ appUrl: database.appUrl, keys: database.keys, log: processLog() });
  try {
    const link = await ownerLink(runtime, merchantId);
    if (json) sayJson({ link });
    else
      say(`Whoever opens this page of your Scrip within seven days becomes an owner, once:\n\n  ${link}\n`);
  } finally {
    await runtime.close();
    await database.stop();
  }
  return 0;
}
