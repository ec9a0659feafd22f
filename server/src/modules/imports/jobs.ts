import type { Refusal } from '../../kernel/outcome.ts';
import { allMerchants, read, writeAside } from '../../platform/db/read.ts';
import type { UseCase } from '../../platform/executor/useCase.ts';
import type { Job } from '../../platform/jobs/runner.ts';
import type { Log } from '../../platform/log/log.ts';
import { memberHolder } from '../cards/index.ts';
import { applyGoods } from './apply/applyGoods.ts';
import { applyMembers } from './apply/applyMembers.ts';
import { goodsOf, membersOf } from './apply/prepare.ts';
import { checkFile } from './check/checkFile.ts';
import { noteChecked } from './check/noteChecked.ts';
import { readingOf } from './columns/reading.ts';
import type { Import } from './import.ts';
import { reverseGoods } from './reverse/reverseGoods.ts';
import { reverseMembers } from './reverse/reverseMembers.ts';
import { idleAmong, madeBy } from './reverse/store.ts';
import type { Block } from './row.ts';
import { blocksIn, importsIn } from './store.ts';
import type { FileParts } from './upload/file.ts';
import { noteRead } from './upload/noteRead.ts';
import { readFile } from './upload/readFile.ts';
import { forgetFiles } from './upload/store.ts';

type Answered = { readonly body: string } | { readonly refusal: Refusal };

export type ImportJobParts = FileParts & {
  readonly log: Log;
  /** Runs a use case of a merchant as the system. */
  readonly asSystem: <I, R, O>(merchantId: string, useCase: UseCase<I, R, O>, input: I) => Promise<Answered>;
};

type Work = Import & { readonly merchantId: string };

const atOnceMax = 10;
/** Blocks in a row of one import while others wait: some seconds. */
const turnBlocks = 60;
/** Commands sent and not answered: while one is written the next is judged, and the one after that is sealed. */
const underWayMax = 2;
const strayMs = 3_600_000;
/** For how long the file is kept after an import: as long as somebody may ask where a balance came from. */
const keptMs = 90 * 86_400_000;

/** Reads files, looks through them, carries them out and takes them back, a turn for each; forgets them in the end. */
export function importJobs(parts: ImportJobParts): readonly Job[] {
  const job = (word: string, state: Parameters<typeof importsIn>[1], turn: Turn): Job => ({
    name: `imports.${word}`,
    everyMs: 1_000,
    run: (signal) => turns(parts, state, (one) => turn(parts, one, signal)),
  });
  return [
    job('read', 'reading', readTurn),
    job('check', 'checking', checkTurn),
    job('apply', 'applying', (all, one, signal) => blockTurn(all, one, 'staged', signal)),
    job('reverse', 'reversing', (all, one, signal) => blockTurn(all, one, 'applied', signal)),
    {
      name: 'imports.forget',
      everyMs: 600_000,
      async run() {
        const now = parts.clock().getTime();
        await writeAside(parts.writers, allMerchants, (db) =>
          forgetFiles(db, new Date(now - strayMs), new Date(now - keptMs)),
        );
        return false;
      },
    },
  ];
}

/** Answers whether there is more to do at once. */
type Turn = (parts: ImportJobParts, one: Work, signal: AbortSignal) => Promise<boolean>;

/** A turn for each import in a state. One that cannot go on does not hold up the others. */
async function turns(
  parts: ImportJobParts,
  state: Parameters<typeof importsIn>[1],
  turn: (one: Work) => Promise<boolean>,
): Promise<boolean> {
  const work = await read(parts.readers, allMerchants, (db) => importsIn(db, state, atOnceMax));
  const faults: unknown[] = [];
  let more = work.length === atOnceMax;
  for (const one of work) {
    try {
      if (await turn(one)) more = true;
    } catch (error) {
      parts.log.error('an import could not go on', { merchant: one.merchantId, import: one.id }, error);
      faults.push(error);
    }
  }
  if (faults.length > 0 && !more) throw new AggregateError(faults, 'imports could not go on');
  return more;
}

const readTurn: Turn = async (parts, one) => {
  const out = await readFile(parts, one);
  if (out) await parts.asSystem(one.merchantId, noteRead, { id: one.id, ...out });
  return false;
};

const checkTurn: Turn = async (parts, one, signal) => {
  const { looked, found } = await checkFile(parts, one, signal, turnBlocks);
  if (!found) return looked > 0;
  await parts.asSystem(one.merchantId, noteChecked, { id: one.id, checks: one.checks, found });
  return false;
};

/** Carries some blocks out, or takes them back: each is a command, and moves the import on. */
async function blockTurn(
  parts: ImportJobParts,
  one: Work,
  state: Block['state'],
  signal: AbortSignal,
): Promise<boolean> {
  const { merchantId, id } = one;
  const numbers = await read(parts.readers, merchantId, (db) =>
    blocksIn(db, merchantId, id, state, turnBlocks),
  );
  const send = state === 'staged' ? await carrying(parts, one) : takingBack(parts, one);
  const underWay: Promise<Answered>[] = [];
  let isRefused = false;
  const heard = async (): Promise<void> => {
    const answer = await underWay.shift();
    if (answer && 'refusal' in answer) isRefused = true;
  };
  try {
    for (const n of numbers) {
      if (signal.aborted || isRefused) break;
      const sent = (await send(n))();
      // It is awaited below; until then a failure must not count as one that nobody hears of.
      sent.catch(() => undefined);
      underWay.push(sent);
      if (underWay.length >= underWayMax) await heard();
    }
    while (underWay.length > 0) await heard();
  } finally {
    await Promise.allSettled(underWay.splice(0));
  }
  return numbers.length === turnBlocks && !isRefused;
}

/** Prepares a block, and answers how it is sent. */
type Sending = (n: number) => Promise<() => Promise<Answered>>;

async function carrying({ asSystem, ...parts }: ImportJobParts, one: Work): Promise<Sending> {
  const { merchantId, id, kind } = one;
  // As on the day on which the file was sent in, like the look through it: what was found good is good.
  const found = await read(parts.readers, merchantId, (db) => readingOf(db, merchantId, one));
  // What a wallet may hold by now, the command itself decides.
  const reading = { ...found, balanceMax: null };
  return async (n) => {
    const place = { merchantId, id, n };
    if (kind === 'goods') {
      const input = await goodsOf(parts, place, reading);
      return () => asSystem(merchantId, applyGoods, input);
    }
    const input = await membersOf(parts, place, reading);
    return () => asSystem(merchantId, applyMembers, input);
  };
}

function takingBack({ asSystem, readers }: ImportJobParts, { merchantId, id, kind }: Work): Sending {
  return async (n) => {
    if (kind === 'goods') return () => asSystem(merchantId, reverseGoods, { id, n });
    const idle = await read(readers, merchantId, async (db) => {
      const made = await madeBy(db, merchantId, id, n);
      return idleAmong(
        db,
        merchantId,
        made.map((memberId) => ({ id: memberId, holder: memberHolder(memberId) })),
      );
    });
    return () => asSystem(merchantId, reverseMembers, { id, n, idle });
  };
}
