import { useInfiniteQuery } from '@tanstack/react-query';
import { type Ask, ask, type ItemOf, type OperationName } from '../../api/client.ts';

/** A list of the server, page after page as they are asked for. */
export function usePages<Name extends OperationName>(
  name: Name,
  askFor: (cursor: string | undefined) => Ask<Name>,
) {
  const { data, error, hasNextPage, fetchNextPage, refetch, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [name, askFor(undefined)],
    initialPageParam: undefined as string | undefined,
    // A list of the server is `{items, nextCursor}`.
    queryFn: async ({ pageParam, signal }) =>
      (await ask(name, askFor(pageParam), signal)).body as unknown as Page<ItemOf<Name>>,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  return {
    items: data?.pages.flatMap(({ items }) => items),
    error,
    more: hasNextPage ? () => void fetchNextPage() : undefined,
    isBusy: isFetchingNextPage,
    refetch,
  };
}

type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null };
