import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect } from 'react';
import { type AnswerOf, ask, onRefusal, Refused } from '../api/client.ts';

type Answer = AnswerOf<'GET /v1/session'>;
type Merchant = NonNullable<Answer['merchant']>;
type Staff = NonNullable<Answer['staff']>;

/** Somebody who is signed in and works for a merchant. */
export type Session = Answer & { readonly merchant: Merchant; readonly staff: Staff };
export type Permission = Session['permissions'][number];

/** Nobody; somebody of whom the second factor is still asked, and by what; or somebody. */
export type SignedIn =
  | { readonly is: 'nobody' }
  | { readonly is: 'half'; readonly factors: Answer['factors'] }
  | { readonly is: 'somebody'; readonly session: Session };

const sessionKey = ['session'];

/** Who is signed in; undefined while that is not known. */
export function useSignedIn(): { readonly signedIn: SignedIn | undefined; readonly error: Error | null } {
  const client = useQueryClient();
  useEffect(
    () =>
      onRefusal((refusal) => {
        if (refusal.code === 'unauthenticated') client.setQueryData(sessionKey, { is: 'nobody' });
      }),
    [client],
  );
  const { data, error } = useQuery<SignedIn>({ queryKey: sessionKey, queryFn: readSession });
  return { signedIn: data, error };
}

async function readSession(): Promise<SignedIn> {
  try {
    const { body } = await ask('GET /v1/session', {});
    const { merchant, staff, factors, state } = body;
    if (state === 'second_factor_required') return { is: 'half', factors };
    // Signed in for a merchant where one may do nothing any more: on a device that was revoked, or taken off the staff.
    if (merchant === null || staff === null) return { is: 'nobody' };
    return { is: 'somebody', session: { ...body, merchant, staff } };
  } catch (error) {
    if (error instanceof Refused && error.code === 'unauthenticated') return { is: 'nobody' };
    throw error;
  }
}

const Signed = createContext<Session | null>(null);
export const SessionProvider = Signed.Provider;

/** The session of whoever looks at this page. Throws where nobody is signed in. */
export function useSession(): Session {
  const session = useContext(Signed);
  if (session === null) throw new Error('a page behind the sign-in has its session');
  return session;
}

/** Whether the server would let this person do so; it decides itself, this only spares them the try. */
export function useMay(permission: Permission): boolean {
  return useSession().permissions.includes(permission);
}

/** Signs out, and forgets everything that was shown. */
export async function signOut(): Promise<void> {
  await ask('POST /v1/session/end', { body: {} });
  location.assign(location.pathname);
}
