import type { ReactNode } from 'react';
import { Waiting } from '../kit/Waiting.tsx';
import { MemberProvider, useKnown } from '../member.ts';
import { useMerchant } from '../merchant.ts';
import { SignIn } from './SignIn.tsx';

type Props = {
  readonly children: ReactNode;
  /** What stands above the sign-in for whoever is nobody yet. */
  readonly before?: ReactNode;
};

/** What only a member sees; anybody else is asked to sign in, and then stands where they wanted to be. */
export function Members({ children, before }: Props) {
  const { slug } = useMerchant();
  const { known, error } = useKnown(slug);
  if (known === undefined) return <Waiting error={error} />;
  if (known.is === 'member') return <MemberProvider value={known.member}>{children}</MemberProvider>;
  return (
    <>
      {before}
      <SignIn />
    </>
  );
}
