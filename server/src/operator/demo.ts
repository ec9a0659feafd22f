import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { RuntimeSettings } from '../app.ts';
import type { Settings } from '../platform/config/settings.ts';
import { withCaller } from './demo/caller.ts';
import { trade } from './demo/history.ts';
import { sampleMerchant, setUp } from './demo/setUp.ts';
import { say } from './terminal.ts';

const Sample = z.object({ state: z.string(), serial: z.string(), code: z.string(), pin: z.string() });
const Demo = z.object({
  merchantId: z.string(),
  apiKey: z.string(),
  keys: z.record(z.string(), z.string()),
  logins: z.record(z.string(), z.string()).default({}),
  password: z.string().default(''),
  samples: z.array(Sample),
});

/** The sample merchant and what it takes to play with it. */
export type Demo = z.output<typeof Demo>;

/** Far enough back that cards of thirty days have expired. */
const daysAgo = 60;

/** Shows the sample merchant; made once for a data folder, through the API, with two months of history. */
export async function showDemo(runtime: RuntimeSettings, settings: Settings, url: string): Promise<void> {
  const file = join(settings.dataDir, 'demo.json');
  const known = existsSync(file) ? Demo.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  const isThere = known !== undefined && (await answersTo(url, known.apiKey));
  const demo = isThere ? known : await makeDemo(runtime);
  // Its key and codes are in plain sight here: they are worth nothing.
  if (!isThere) writeFileSync(file, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  for (const line of linesOf(demo, url)) say(line);
}

/** Makes the sample merchant on a database. */
export function makeDemo(runtime: RuntimeSettings): Promise<Demo> {
  return withCaller(runtime, daysAgo, sampleMerchant, async (caller) => {
    const password = randomBytes(9).toString('base64url');
    const house = await setUp(caller, password);
    const samples = await trade(caller, house);
    const { merchantId, apiKey } = caller;
    const { keys, logins } = house;
    return { merchantId, apiKey, keys, logins, password, samples: [...samples] };
  });
}

async function answersTo(url: string, apiKey: string): Promise<boolean> {
  return (await fetch(`${url}/v1/merchant`, { headers: { authorization: `Bearer ${apiKey}` } })).ok;
}

function linesOf({ merchantId, apiKey, keys, logins, password, samples }: Demo, url: string): string[] {
  const [first] = samples;
  const body = JSON.stringify({ code: first?.code, pin: first?.pin });
  return [
    '',
    `  Sample merchant ${sampleMerchant.name}, ${merchantId}`,
    `  Its API key     ${apiKey}`,
    ...Object.entries(keys).map(([whose, key]) => `    ${whose.padEnd(13)} ${key}`),
    `  Sign in         ${url}/   password ${password}`,
    ...Object.values(logins).map((login) => `    ${login}`),
    '  Cards           code                  PIN       state',
    ...samples.map(
      ({ code, pin, state }) => `                  ${code.padEnd(21)} ${pin.padEnd(9)} ${state}`,
    ),
    '  Try',
    `    curl ${url}/v1/verifications -H 'Authorization: Bearer ${apiKey}' -H 'Content-Type: application/json' -d '${body}'`,
    '',
  ];
}
