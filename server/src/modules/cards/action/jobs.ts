import { hash } from 'node:crypto';
import type { Refusal } from '../../../kernel/outcome.ts';
import type { Pool } from '../../../platform/db/connection.ts';
import { allMerchants, read, writeAside } from '../../../platform/db/read.ts';
import type { UseCase } from '../../../platform/executor/useCase.ts';
import type { Job } from '../../../platform/jobs/runner.ts';
import { freezeCard } from '../freeze.ts';
import { extendCard } from '../prolong.ts';
import { type ActionWork, moveOn, type Refused, unfinishedActions } from './store.ts';
import { voidOne } from './voidOne.ts';

/** What one card of an action is done by: for whom, and under which key it is done once. */
export type OnBehalf = {
  readonly merchantId: string;
  readonly actorId: string;
  readonly idempotencyKey: string;
  readonly fingerprint: Buffer;
};

export type ActionParts = {
  readonly readers: Pool;
  readonly writers: Pool;
  /** Runs a use case as somebody who asked for it earlier; a refusal if it is refused. */
  readonly onBehalf: <I, R, O>(
    by: OnBehalf,
    useCase: UseCase<I, R, O>,
    input: I,
  ) => Promise<Refusal | undefined>;
};

/** Cards at a time: half a batch of the executor, so that the counters are not kept waiting. */
const cardsAtOnce = 100;
const actionsAtOnce = 4;

/** Carries out actions on many cards: a step of each in turn, the oldest first. */
export function actionJob(parts: ActionParts): Job {
  return {
    name: 'cards.act',
    everyMs: 1_000,
    async run(signal) {
      const work = await read(parts.readers, allMerchants, (db) =>
        unfinishedActions(db, cardsAtOnce, actionsAtOnce),
      );
      for (const one of work) {
        if (signal.aborted) return false;
        const refused = await step(parts, one);
        await writeAside(parts.writers, one.merchantId, (db) => moveOn(db, one, refused));
      }
      return work.length > 0;
    },
  };
}

async function step(parts: ActionParts, work: ActionWork): Promise<Refused[]> {
  const answers = await Promise.all(
    work.cardIds.map(async (cardId, at) => ({
      cardId,
      refusal: await act(parts, work, cardId, work.balances[at] ?? 0n),
    })),
  );
  return answers.flatMap(({ cardId, refusal }) => (refusal ? [{ cardId, code: refusal.refused }] : []));
}

function act(
  { onBehalf }: ActionParts,
  work: ActionWork,
  cardId: string,
  balanceMax: bigint,
): Promise<Refusal | undefined> {
  const { merchantId, actorId, reason } = work;
  const idempotencyKey = `action:${work.id}:${cardId}`;
  const by = { merchantId, actorId, idempotencyKey, fingerprint: hash('sha256', idempotencyKey, 'buffer') };
  switch (work.verb) {
    case 'freeze':
      return onBehalf(by, freezeCard, { cardId, reason, cause: 'risk' });
    case 'void':
      return onBehalf(by, voidOne, { cardId, reason, balanceMax });
    case 'extend':
      return onBehalf(by, extendCard, { cardId, reason, until: work.until ?? undefined });
  }
}
