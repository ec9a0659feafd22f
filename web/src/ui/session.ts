import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect } from 'react';
import { type AnswerOf, ask, onRefusal, Refused } from '../api/client.ts';

export type Session = AnswerOf<'GET /v1/me'>;
export type Permission = Session['permissions'][number];

const sessionKey = ['session'];

/** Who is signed in: undefined while that is not known, null when nobody is. */
export function useSignedIn(): {
  readonly session: Session | null | undefined;
  readonly error: Error | null;
} {
  const client = useQueryClient();
  useEffect(
    () =>
      onRefusal((refusal) => {
        if (refusal.code === 'unauthenticated') client.setQueryData(sessionKey, null);
      }),
    [client],
  );
  const { data, error } = useQuery<Session | null>({ queryKey: sessionKey, queryFn: readSession });
  return { session: data, error };
}

async function readSession(): Promise<Session | null> {
  try {
    return (await ask('GET /v1/me', {})).body;
  } catch (error) {
    if (error instanceof Refused && error.code === 'unauthenticated') return null;
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
