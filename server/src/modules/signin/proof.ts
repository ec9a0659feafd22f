import { isRefused, type Refusal, refused } from '../../kernel/outcome.ts';
import type { Db } from '../../platform/db/statement.ts';
import { typedRecoveryCode } from './factors/recovery.ts';
import { totpStep } from './factors/totp.ts';
import { loginPace, networkPace, type Pace, personPace } from './guesses/guess.ts';
import { forgetGuessesOf, giveGuessBack, takeGuess } from './guesses/store.ts';
import type { Login } from './login.ts';
import type { Desk } from './parts.ts';
import { type Person, personByLogin, takeRecoveryCode, takeTotpStep } from './store.ts';

type Counted = readonly (readonly [subject: Buffer, pace: Pace])[];

/** Counts a guess before it is looked at; refused where one of those it counts for has had enough. */
export async function counted(desk: Desk, subjects: Counted, now: Date): Promise<Refusal | undefined> {
  return desk.note(async (db) => {
    for (const [subject, pace] of subjects) {
      if (!(await takeGuess(db, subject, pace, now))) {
        return refused('too_many_attempts', { next: 'Wait some minutes, then try again.' });
      }
    }
    return undefined;
  });
}

/** What was right was no guess: those it was counted for begin anew, the network has it back. */
export async function wasRight(
  db: Db,
  [[own], ...others]: readonly [Counted[number], ...Counted],
): Promise<void> {
  await forgetGuessesOf(db, own);
  for (const [subject, pace] of others) await giveGuessBack(db, subject, pace);
}

/** Whose login and password these are. An unknown login is refused as a wrong password is, after as long a look. */
export async function provenByPassword(
  desk: Desk,
  login: Login | undefined,
  password: string,
  network: string,
  now: Date,
): Promise<Person | Refusal> {
  const subjects = [
    [desk.keys.guessSubject('login', login?.text ?? ''), loginPace],
    [desk.keys.guessSubject('network', network), networkPace],
  ] as const;
  const tooMany = await counted(desk, login ? subjects : subjects.slice(1), now);
  if (tooMany) return tooMany;
  const person = await desk.ask((db) => personByLogin(db, desk.keys.loginHashes(login?.text ?? '')));
  const isRight = await desk.passwords.matches(password, person?.password);
  if (isRefused(isRight)) return isRight;
  if (!person || !isRight) return refused('sign_in_refused');
  await desk.note((db) => wasRight(db, subjects));
  return person;
}

/** Proves anew that a person who is known is there: by password. */
export function provenAgain(
  desk: Desk,
  person: Person,
  password: string,
  network: string,
  now: Date,
  field = 'password',
): Promise<Refusal | undefined> {
  return guarded(desk, person.id, network, now, async () => {
    const isRight = await desk.passwords.matches(password, person.password);
    return isRight === false ? refused('password_wrong', { field }) : isRight;
  });
}

/** Proves that a person who is known is there: by a code of their app, or one for recovery. Each is good once. */
export function provenByCode(
  desk: Desk,
  person: Person,
  code: string,
  network: string,
  now: Date,
): Promise<Refusal | undefined> {
  return guarded(desk, person.id, network, now, async () => {
    const isRight = await desk.note((db) => takesCode(desk, db, person, code, now));
    return isRight || refused('second_factor_wrong', { field: 'code' });
  });
}

async function guarded(
  desk: Desk,
  personId: string,
  network: string,
  now: Date,
  look: () => Promise<true | Refusal>,
): Promise<Refusal | undefined> {
  const subjects = [
    [desk.keys.guessSubject('person', personId), personPace],
    [desk.keys.guessSubject('network', network), networkPace],
  ] as const;
  const tooMany = await counted(desk, subjects, now);
  if (tooMany) return tooMany;
  const looked = await look();
  if (isRefused(looked)) return looked;
  await desk.note((db) => wasRight(db, subjects));
  return undefined;
}

/** Counts a look at something that only its holder knows, such as a link. */
export function countedLook(desk: Desk, network: string, now: Date): Promise<Refusal | undefined> {
  return counted(desk, [[desk.keys.guessSubject('network', network), networkPace]], now);
}

async function takesCode(desk: Desk, db: Db, person: Person, code: string, now: Date): Promise<boolean> {
  const { id, totpSealed } = person;
  if (totpSealed !== null && /^\d{6}$/.test(code)) {
    const secret = totpSecret(desk, id, totpSealed);
    const step = totpStep(secret, code, now, person.totpStep);
    return step !== undefined && (await takeTotpStep(db, id, step));
  }
  const typed = typedRecoveryCode(code);
  return typed !== undefined && (await takeRecoveryCode(db, id, desk.keys.recoveryHash(id, typed), now));
}

/** The secret that a person's codes are made of. */
export function totpSecret(desk: Desk, personId: string, sealed: Buffer): Buffer {
  return Buffer.from(desk.keys.unseal(sealed, `totp|${personId}`), 'base64url');
}

/** Whether signing in takes more of them than a password. */
export function hasSecondFactor({ totpSealed, passkeys }: Person): boolean {
  return totpSealed !== null || passkeys > 0n;
}
