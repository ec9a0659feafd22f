import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { jsonAmount } from '../../kernel/money.ts';
import { type Answer, CardFacts, Id } from './api.ts';
import { inOrder } from './inOrder.ts';
import { currency, type Job } from './job.ts';
import { firstLoad } from './plan.ts';

/** A card as it was released, with all that it takes to pay with it. */
export type Printed = { readonly serial: string; readonly code: string; readonly pin: string };

const Store = Id.extend({ code: z.string() });
const Batch = Id.extend({
  status: z.enum(['pending', 'running', 'ready', 'failed']),
  done: z.int(),
  failure: z.string().nullable(),
});
const Codes = z.array(z.object({ serial: z.string(), code: z.string(), pin: z.string() }));
const pollMs = 50;

/** The stores' ids by their codes; those that are not there yet are made. */
export async function makeStores(job: Job, codes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const known = await job.api.list('/v1/stores', Store);
  const ids = new Map(known.map(({ code, id }) => [code, id]));
  const missing = codes.filter((code) => !ids.has(code));
  await inOrder(missing, job.concurrency, String, async (code) => {
    const body = { code, name: `Store ${code}` };
    const made = await job.api.post('/v1/stores', `${job.prefix}-store-${code}`, body, Id);
    ids.set(code, bodyOf(made, `store ${code}`).id);
  });
  return ids;
}

export type Issue = { readonly batchId: string; readonly cards: readonly Printed[] };

/**
 * The cards of the replay with their codes, which the service hands out once: so they are kept in the state folder. Where
 * they were handed out and never got there (a kill in between), nobody can use those cards: they are voided, and
 * another batch is made under the next key. Throws where such cards are in use.
 */
export async function issueCards(job: Job, quantity: number): Promise<Issue> {
  const { api, prefix, state } = job;
  const program = await api.post('/v1/card-programs', `${prefix}-program`, programBody, Id);
  const programId = bodyOf(program, 'the card program').id;
  for (let attempt = 1; ; attempt++) {
    const order = { programId, quantity, faceValue: jsonAmount(firstLoad) };
    const made = await api.post('/v1/card-batches', `${prefix}-batch-${attempt}`, order, Id);
    const batchId = bodyOf(made, 'the batch of cards').id;
    const kept = state.codes(batchId);
    if (kept !== undefined) return { batchId, cards: Codes.parse(parse(kept, { columns: true })) };
    await untilReady(job, batchId, quantity);
    const released = await api.take(`/v1/card-batches/${batchId}/release`);
    if ('body' in released) {
      const cards = Codes.parse(parse(released.body, { columns: true }));
      if (cards.length !== quantity)
        throw new Error(`${cards.length} of ${quantity} codes came; run it again`);
      state.keepCodes(batchId, released.body);
      return { batchId, cards };
    }
    if (released.refusal !== 'codes_already_released') bodyOf(released, 'the release of the codes');
    await voidLost(job, batchId);
  }
}

const programBody = {
  kind: 'gift',
  name: { zh: '零售回放', en: 'Retail replay' },
  currency,
  range: { min: 1, max: 1_000_000, step: 1 },
  validity: { type: 'none' },
  pin: true,
  bearer: false,
  reloadable: true,
  transferable: false,
};

async function untilReady({ api, bar }: Job, batchId: string, quantity: number): Promise<void> {
  const progress = bar('Making cards', quantity);
  for (;;) {
    const { status, done, failure } = await api.get(`/v1/card-batches/${batchId}`, Batch);
    progress.at(done);
    if (status === 'failed') throw new Error(`the cards could not be made: ${failure}`);
    if (status === 'ready') return progress.end();
    await pause(pollMs);
  }
}

/** Voids the cards of a batch whose codes got lost on the way. Does nothing to cards that hold money. */
async function voidLost({ api, prefix, concurrency, state }: Job, batchId: string): Promise<void> {
  const cards = await api.list(`/v1/cards?batchId=${batchId}`, CardFacts);
  if (cards.some(({ state: shown }) => !['generated', 'printed', 'voided'].includes(shown))) {
    throw new Error(
      `the codes of ${batchId} were released, its cards are in use, and ${batchId}.csv is not in ${state.folder}: ` +
        'bring it back, or replay for a new merchant with another --state',
    );
  }
  const unused = cards.filter(({ state: shown }) => shown !== 'voided');
  await inOrder(
    unused,
    concurrency,
    ({ id }) => id,
    async ({ id }) => {
      const reason = 'Its code was released and lost.';
      bodyOf(
        await api.post(`/v1/cards/${id}/void`, `${prefix}-void-${id}`, { reason }, Id),
        `the voiding of ${id}`,
      );
    },
  );
}

/** What must not be refused. */
function bodyOf<Body>(answer: Answer<Body>, what: string): Body {
  if ('refusal' in answer) throw new Error(`${what} was refused: ${answer.refusal} ${answer.detail}`);
  return answer.body;
}
