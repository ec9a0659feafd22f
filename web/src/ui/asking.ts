import { keepPreviousData, QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answered, type AnswerOf, type Ask, ask, type OperationName, Refused } from '../api/client.ts';
import { approvalIn } from './waiting/approval.ts';

const retriesMax = 2;

/** Keeps what was read; what is refused is not asked again, what was not answered is. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => !isFinal(error) && failures < retriesMax,
      },
    },
  });
}

/** A refusal stands until something changes; only "come back later" does not. */
function isFinal(error: unknown): boolean {
  return error instanceof Refused && error.status !== 503;
}

type Options<Name extends OperationName> = {
  readonly enabled?: boolean;
  /** How often it is read anew, in milliseconds; false: not by itself. */
  readonly everyMs?: (answer: AnswerOf<Name> | undefined) => number | false;
};

type Asked<Name extends OperationName> = {
  readonly data: AnswerOf<Name> | undefined;
  readonly error: Error | null;
  /** Nothing was read yet. */
  readonly isPending: boolean;
  /** What is shown is of the question before. */
  readonly isPlaceholderData: boolean;
  readonly refetch: () => unknown;
};

/** Reads, and shows what was read before while it reads anew. */
export function useAsk<Name extends OperationName>(
  name: Name,
  parts: Ask<Name>,
  options: Options<Name> = {},
): Asked<Name> {
  const { enabled = true, everyMs } = options;
  const again: { refetchInterval?: (query: { state: { data?: unknown } }) => number | false } =
    everyMs === undefined
      ? {}
      : // What the query holds is what `bodyOf` brought.
        { refetchInterval: ({ state }) => everyMs(state.data as AnswerOf<Name> | undefined) };
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery<unknown>({
    queryKey: keyOf(name, parts),
    queryFn: ({ signal }) => bodyOf(name, parts, signal),
    enabled,
    placeholderData: keepPreviousData,
    ...again,
  });
  return { data: data as AnswerOf<Name> | undefined, error, isPending, isPlaceholderData, refetch };
}

function keyOf(name: OperationName, parts: unknown): readonly unknown[] {
  return [name, parts];
}

function bodyOf<Name extends OperationName>(
  name: Name,
  parts: Ask<Name>,
  signal: AbortSignal,
): Promise<AnswerOf<Name>> {
  return ask(name, parts, signal).then(({ body }) => body);
}

const waitListeners = new Set<(approvalId: string) => void>();

/** Hears of what was asked for and waits for a second person; answers how to stop hearing. */
export function onWaiting(listener: (approvalId: string) => void): () => void {
  waitListeners.add(listener);
  return () => waitListeners.delete(listener);
}

/** Does something, and has all that is shown read anew when it is done. */
export function useCommand<Name extends OperationName>(name: Name) {
  const client = useQueryClient();
  return useMutation<Answered<AnswerOf<Name>>, Error, Ask<Name>>({
    mutationFn: (parts) => ask(name, parts),
    onSuccess: ({ status, body }) => {
      const approvalId = approvalIn(status, body);
      if (approvalId !== undefined) for (const listener of waitListeners) listener(approvalId);
      return client.invalidateQueries();
    },
  });
}
