import { type Db, statement } from '../../../platform/db/statement.ts';
import type { Pace } from './guess.ts';

const claimGuess = statement(
  'signin.claimGuess',
  `insert into signin.guess as g (subject, due_at) -- all merchants: persons are beyond them
   values ($1, $2::timestamptz + $3 * interval '1 ms')
   on conflict (subject) do update set due_at = greatest(g.due_at, $2) + $3 * interval '1 ms'
   where g.due_at <= $2::timestamptz + $4 * interval '1 ms'`,
);
const giveBack = statement(
  'signin.giveBackGuess',
  `update signin.guess set due_at = due_at - $2 * interval '1 ms' -- all merchants: persons are beyond them
   where subject = $1`,
);
const forgetGuesses = statement(
  'signin.forgetGuesses',
  `delete from signin.guess where subject = $1 -- all merchants: persons are beyond them`,
);

/**
 * Takes one guess out of what a subject may have; false where there is none left for now. One conditional write, so that
 * guesses in parallel, over processes and restarts, are all counted, before any is looked at.
 */
export async function takeGuess(
  db: Db,
  subject: Buffer,
  { burst, everyMs }: Pace,
  now: Date,
): Promise<boolean> {
  const ahead = (burst - 1) * everyMs;
  return (await db.execute(claimGuess, [subject, now, everyMs, ahead])) === 1;
}

/** Gives a guess back that was none, because it was right. */
export async function giveGuessBack(db: Db, subject: Buffer, { everyMs }: Pace): Promise<void> {
  await db.execute(giveBack, [subject, everyMs]);
}

/** Begins anew with a subject that was right. */
export async function forgetGuessesOf(db: Db, subject: Buffer): Promise<void> {
  await db.execute(forgetGuesses, [subject]);
}
