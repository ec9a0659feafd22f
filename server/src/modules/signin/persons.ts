import { assert } from '../../kernel/assert.ts';
import { newId } from '../../kernel/id.ts';
import { isRefused, type Refusal } from '../../kernel/outcome.ts';
import { type Login, loginOf, maskedLogin } from './login.ts';
import type { Desk } from './parts.ts';
import { unfitPassword } from './passwordRules.ts';
import { provenByPassword } from './proof.ts';
import { addPerson, type Person, personByLogin } from './store.ts';

/** What is kept of a login: found by a keyed hash, readable with the key file only, shown masked. */
export type KeptLogin = { readonly hash: Buffer; readonly sealed: Buffer; readonly masked: string };

/** What is kept of a login that is of a person, or of an invitation (its id). */
export function keptLogin(desk: Pick<Desk, 'keys' | 'random'>, login: Login, ownerId: string): KeptLogin {
  const [hash] = desk.keys.loginHashes(login.text);
  return {
    hash,
    sealed: desk.keys.seal(login.text, `login|${ownerId}`, desk.random),
    masked: maskedLogin(login),
  };
}

/** The login that was sealed for a person or an invitation. */
export function openLogin(desk: Pick<Desk, 'keys'>, sealed: Buffer, ownerId: string): Login {
  const login = loginOf(desk.keys.unseal(sealed, `login|${ownerId}`));
  assert(login !== undefined, 'a sealed login is one');
  return login;
}

/** Whether somebody has this login. */
export async function isKnownLogin(desk: Desk, login: Login): Promise<boolean> {
  return (await desk.ask((db) => personByLogin(db, desk.keys.loginHashes(login.text)))) !== undefined;
}

type Enlisting = {
  readonly login: Login;
  readonly name: string;
  readonly password: string;
  readonly network: string;
  readonly now: Date;
};

export type Enlisted = { readonly person: Person; readonly isNew: boolean };

/** The person with this login: made with this password, or, where there is one, proven by it. */
export async function enlist(
  desk: Desk,
  { login, name, password, network, now }: Enlisting,
): Promise<Enlisted | Refusal> {
  if (!(await isKnownLogin(desk, login))) {
    const unfit = await unfitPassword(password, [login.text, name]);
    if (unfit) return unfit;
    const kept = await desk.passwords.hash(password, desk.random);
    if (isRefused(kept)) return kept;
    const id = newId(now, desk.random);
    const { hash, sealed, masked } = keptLogin(desk, login, id);
    const row = { id, name, loginHash: hash, loginSealed: sealed, loginMasked: masked, password: kept };
    if (await desk.note((db) => addPerson(db, row, now))) {
      const person = await desk.ask((db) => personByLogin(db, [hash]));
      assert(person !== undefined, 'a person is there who was just added');
      return { person, isNew: true };
    }
  }
  const person = await provenByPassword(desk, login, password, network, now);
  return isRefused(person) ? person : { person, isNew: false };
}
