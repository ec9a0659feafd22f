import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Demo } from '../server/src/operator/demo.ts';
import { openBench, type TestBench } from '../server/test/harness.ts';
import { sampleTemplate } from './sample.ts';

/** The real service on a port of its own, with a sample merchant and the pages as they would be built now. */
export type House = {
  readonly bench: TestBench;
  readonly url: string;
  readonly demo: Demo;
  /** Lets so many minutes pass for the service. */
  later(minutes: number): void;
};

type Wishes = {
  /** A second person is needed, as the policy has it from the second owner on. Off: each test is of one person. */
  readonly fourEyes?: boolean;
  /** Networks of this machine that webhooks may be sent into. */
  readonly webhookNetworks?: string;
};

export async function openHouse({ fourEyes = false, ...more }: Wishes = {}): Promise<House> {
  if (!existsSync(join(import.meta.dirname, '..', 'web', 'dist', 'index.html')))
    throw new Error('the pages are not built: `npm run e2e` builds them first');
  let aheadMs = 0;
  const { template, demo } = await sampleTemplate();
  const bench = await openBench({ ...more, template, clock: () => new Date(Date.now() + aheadMs) });
  await bench.app.listen({ port: 0, host: '127.0.0.1' });
  const address = bench.app.server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the service listens on a port');
  const url = `http://127.0.0.1:${address.port}`;
  if (!fourEyes) await turnOff(url, demo.apiKey);
  return {
    bench,
    url,
    demo,
    later(minutes) {
      aheadMs += minutes * 60_000;
    },
  };
}

const limited = { isOn: false };

/** Has one person do everything alone, which is theirs to say while there is nobody else. */
async function turnOff(url: string, apiKey: string): Promise<void> {
  const rules = {
    ...{ issue: limited, adjust: limited, void: limited, refund: limited },
    ...{ release: limited, grant: limited },
  };
  const answer = await fetch(`${url}/v1/approval-policy`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ rules }),
  });
  if (answer.status !== 200) throw new Error(`the rules stay on: ${await answer.text()}`);
}
