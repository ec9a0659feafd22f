import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { RuntimeSettings } from '../app.ts';
import type { Settings } from '../platform/config/settings.ts';
import { withCaller } from './demo/caller.ts';
import { layDownTerms, openClub } from './demo/club.ts';
import { trade } from './demo/history.ts';
import { sampleMerchant, setUp } from './demo/setUp.ts';
import { say } from './terminal.ts';

const Sample = z.object({ state: z.string(), serial: z.string(), code: z.string(), pin: z.string() });
const Recharge = z.object({ number: z.string(), password: z.string(), state: z.string() });
const Demo = z.object({
  merchantId: z.string(),
  apiKey: z.string(),
  keys: z.record(z.string(), z.string()),
  logins: z.record(z.string(), z.string()).default({}),
  password: z.string().default(''),
  samples: z.array(Sample),
  recharge: z.array(Recharge).default([]),
});

/** The sample merchant and what it takes to play with it. */
export type Demo = z.output<typeof Demo>;

/** Far enough back that cards of thirty days have expired. */
const daysAgo = 60;

/** Shows the sample merchant; made once for a data folder, through the API, with two months of history. */
export async function showDemo(runtime: RuntimeSettings, settings: Settings, url: string): Promise<Demo> {
  const file = join(settings.dataDir, 'demo.json');
  const known = existsSync(file) ? Demo.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  const slug = known && (await slugOf(url, known.apiKey));
  const demo = known && slug !== undefined ? known : await makeDemo(runtime, { hasClub: true });
  // Its key and codes are in plain sight here: they are worth nothing.
  if (demo !== known) writeFileSync(file, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  for (const line of linesOf(demo, url, slug ?? (await slugOf(url, demo.apiKey)))) say(line);
  return demo;
}

/** Makes the sample merchant on a database; without a club it has no memberships and nothing settled, for tests that lay down their own. */
export function makeDemo(
  runtime: RuntimeSettings,
  { hasClub }: { readonly hasClub: boolean },
): Promise<Demo> {
  return withCaller(runtime, daysAgo, sampleMerchant, async (caller) => {
    const password = randomBytes(9).toString('base64url');
    const house = await setUp(caller, password);
    if (hasClub) await layDownTerms(caller, house);
    const samples = [...(await trade(caller, house))];
    const recharge = hasClub ? [...(await openClub(caller, house))] : [];
    const { merchantId, apiKey } = caller;
    const { keys, logins } = house;
    return { merchantId, apiKey, keys, logins, password, samples, recharge };
  });
}

const Slug = z.object({ slug: z.string() });

/** What the sample merchant is called in addresses; undefined where it is not the one that the service knows. */
async function slugOf(url: string, apiKey: string): Promise<string | undefined> {
  const answer = await fetch(`${url}/v1/merchant`, { headers: { authorization: `Bearer ${apiKey}` } });
  return answer.ok ? Slug.parse(await answer.json()).slug : undefined;
}

function linesOf(
  { merchantId, apiKey, keys, logins, password, samples, recharge }: Demo,
  url: string,
  slug: string | undefined,
): string[] {
  const [first] = samples;
  const body = JSON.stringify({ code: first?.code, pin: first?.pin });
  return [
    '',
    `  Sample merchant ${sampleMerchant.name}, ${merchantId}`,
    `  Its API key     ${apiKey}`,
    ...Object.entries(keys).map(([whose, key]) => `    ${whose.padEnd(13)} ${key}`),
    `  Sign in         ${url}/   password ${password}`,
    ...Object.values(logins).map((login) => `    ${login}`),
    `  Counter         ${url}/counter`,
    `  Wallet          ${url}/wallet/${slug}`,
    '  Cards           code                  PIN       state',
    ...samples.map(
      ({ code, pin, state }) => `                  ${code.padEnd(21)} ${pin.padEnd(9)} ${state}`,
    ),
    '  Recharge cards  number                password          state',
    ...recharge.map(
      ({ number, password: secret, state }) =>
        `                  ${number.padEnd(21)} ${secret.padEnd(17)} ${state}`,
    ),
    '  Try',
    `    curl ${url}/v1/verifications -H 'Authorization: Bearer ${apiKey}' -H 'Content-Type: application/json' -d '${body}'`,
    '',
  ];
}
