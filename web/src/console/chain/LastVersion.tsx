import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Failed, Guarded } from '../kit/Notes.tsx';
import { Page } from '../kit/Page.tsx';

type Props<Version> = {
  readonly words: { readonly edit: string; readonly lead: string };
  /** The list of versions, the newest first, as far as it is here. */
  readonly asked: {
    readonly data: { readonly items: readonly Version[] } | undefined;
    readonly error: Error | null;
    readonly refetch: () => unknown;
  };
  readonly form: (last: Version | undefined) => ReactNode;
};

/** The page on which terms are laid down anew, beginning with those that were laid down last. */
export function LastVersion<Version>({ words, asked: { data, error, refetch }, form }: Props<Version>) {
  return (
    <Page title={words.edit} lead={words.lead}>
      {data ? (
        form(data.items[0])
      ) : error ? (
        <Failed error={error} again={() => void refetch()} />
      ) : (
        <Skeleton active />
      )}
    </Page>
  );
}

/** For who may lay terms down. */
export function ForTerms({ children }: { readonly children: ReactNode }) {
  return <Guarded by="settlement.terms">{children}</Guarded>;
}
