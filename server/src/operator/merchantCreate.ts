import { openMerchant } from '../app/opening.ts';
import { openRuntime } from '../app.ts';
import { CreateMerchantInput } from '../modules/merchants/index.ts';
import type { Settings } from '../platform/config/settings.ts';
import { openDatabase } from './database.ts';
import { processLog } from './serve.ts';
import { say, sayJson } from './terminal.ts';
import { Usage } from './usage.ts';

/** Makes a merchant and its first API key, which is shown this once. */
export async function merchantCreate(settings: Settings, given: unknown, json: boolean): Promise<number> {
  const parsed = CreateMerchantInput.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Usage(`--${issue?.path.join('.')}: ${issue?.message}`);
  }
  const database = await openDatabase(settings);
  const runtime = openRuntime({ appUrl: database.appUrl, keys: database.keys, log: processLog() });
  try {
    const { merchantId, apiKey } = await openMerchant(runtime, parsed.data);
    if (json) sayJson({ merchantId, apiKey });
    else {
      say(`Merchant ${parsed.data.name} is made: ${merchantId}`);
      say(`Its first API key, which may do everything, is shown this once:\n\n  ${apiKey}\n`);
    }
  } finally {
    await runtime.close();
    await database.stop();
  }
  return 0;
}
