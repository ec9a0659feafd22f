import { useCanGoBack, useNavigate, useRouter, useSearch } from '@tanstack/react-router';

/** Where a list stands, out of an address: everything that is not text is left out. */
export function textsOf<Name extends string>(
  raw: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): { [N in Name]?: string } {
  const found: { [N in Name]?: string } = {};
  for (const name of names) {
    const value = raw[name];
    if (typeof value === 'string' && value !== '') found[name] = value;
    if (typeof value === 'number') found[name] = String(value);
  }
  return found;
}

/** The page of a list that the address names, and how to turn it. */
export function usePaging() {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const router = useRouter();
  const canGoBack = useCanGoBack();
  const { cursor, page: named = '2' } = textsOf(search, ['cursor', 'page']);
  const page = cursor === undefined ? 1 : Math.max(2, /^\d{1,9}$/.test(named) ? +named : 2);
  const go = (next: { cursor?: string; page?: string }) =>
    navigate({
      to: '.',
      search: (before: Readonly<Record<string, unknown>>) => ({
        ...before,
        cursor: undefined,
        page: undefined,
        ...next,
      }),
    });
  return {
    cursor,
    page,
    next: (nextCursor: string) => void go({ cursor: nextCursor, page: String(page + 1) }),
    // A cursor only goes forward: back is where one came from, or else the beginning.
    previous: () => (canGoBack ? router.history.back() : void go({})),
  };
}

/** Filters in the address; a changed filter begins at the first page. */
export function useFilters<Name extends string>(names: readonly Name[]) {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const values = textsOf(search, names);
  const set = (changes: { readonly [N in Name]?: string | undefined }) =>
    void navigate({
      to: '.',
      search: () => {
        const wanted = Object.entries({ ...values, ...changes }).filter(([, value]) => value);
        return Object.fromEntries(wanted);
      },
    });
  return { values, set };
}
