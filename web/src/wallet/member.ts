import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect } from 'react';
import { type AnswerOf, ask, onRefusal, Refused } from '../api/client.ts';

export type Member = AnswerOf<'GET /v1/wallet/{slug}/me'>;
type Known = { readonly is: 'nobody' } | { readonly is: 'member'; readonly member: Member };

/** Who is signed in at this merchant; undefined while that is not known. */
export function useKnown(slug: string): { readonly known: Known | undefined; readonly error: Error | null } {
  const client = useQueryClient();
  useEffect(
    () =>
      onRefusal(({ code }) => {
        if (code === 'not_signed_in') client.setQueryData(['member', slug], { is: 'nobody' });
      }),
    [client, slug],
  );
  const { data, error } = useQuery<Known>({ queryKey: ['member', slug], queryFn: () => readMember(slug) });
  return { known: data, error };
}

async function readMember(slug: string): Promise<Known> {
  try {
    const { body } = await ask('GET /v1/wallet/{slug}/me', { params: { slug } });
    return { is: 'member', member: body };
  } catch (error) {
    if (error instanceof Refused && error.code === 'not_signed_in') return { is: 'nobody' };
    throw error;
  }
}

const Signed = createContext<Member | null>(null);
export const MemberProvider = Signed.Provider;

/** The member who looks at this page. Throws where nobody is signed in. */
export function useMember(): Member {
  const member = useContext(Signed);
  if (member === null) throw new Error('this page stands behind the sign-in');
  return member;
}
