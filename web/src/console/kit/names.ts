import { useQuery } from '@tanstack/react-query';
import { ask, type ItemOf } from '../../api/client.ts';
import { useMay } from '../../ui/session.ts';
import { useLanguage } from '../../ui/words.ts';

export type Store = ItemOf<'GET /v1/stores'>;
export type Region = ItemOf<'GET /v1/regions'>;
export type Program = ItemOf<'GET /v1/card-programs'>;

export const pageMax = 200;
/** More stores or programs than this are looked up by their own pages, not out of a list. */
const allMax = 2_000;
const keptMs = 60_000;

/** All stores that this person may see, for names and choices. */
export function useStores(): readonly Store[] {
  const { data } = useQuery({
    queryKey: ['all', 'stores'],
    staleTime: keptMs,
    enabled: useMay('stores.read'),
    queryFn: () => readAll((cursor) => ask('GET /v1/stores', { query: { cursor, limit: pageMax } })),
  });
  return data ?? [];
}

/** The store that a page is about: the chosen one, or, for whoever looks after one alone, that. */
export function useStoreAt(chosen: string | undefined): string | undefined {
  const [only, ...more] = useStores();
  return chosen ?? (more.length === 0 ? only?.id : undefined);
}

/** All regions, for names and choices. */
function useRegions(): readonly Region[] {
  const { data } = useQuery({
    queryKey: ['all', 'regions'],
    staleTime: keptMs,
    enabled: useMay('stores.read'),
    queryFn: () => readAll((cursor) => ask('GET /v1/regions', { query: { cursor, limit: pageMax } })),
  });
  return data ?? [];
}

/** Regions to choose from, by code: those that stores can be in, and those that stand there already. */
export function useRegionChoices(standing: readonly string[] = []): { value: string; label: string }[] {
  return useRegions()
    .filter(({ state, code }) => state === 'active' || standing.includes(code))
    .map(({ code, name }) => ({ value: code, label: name }));
}

/** Names a region by its code; what is not known reads as its code. */
export function useRegionName(): (code: string) => string {
  const regions = useRegions();
  return (code) => regions.find((region) => region.code === code)?.name ?? code;
}

/** All programs, for names and choices. */
export function usePrograms(): readonly Program[] {
  const { data } = useQuery({
    queryKey: ['all', 'programs'],
    staleTime: keptMs,
    enabled: useMay('programs.read'),
    queryFn: () => readAll((cursor) => ask('GET /v1/card-programs', { query: { cursor, limit: pageMax } })),
  });
  return data ?? [];
}

/** A whole list, as far as it may be offered for choice. */
export async function readAll<Item>(
  read: (cursor: string | undefined) => Promise<{ body: { items: Item[]; nextCursor: string | null } }>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await read(cursor);
    items.push(...body.items);
    cursor = body.nextCursor ?? undefined;
  } while (cursor !== undefined && items.length < allMax);
  return items;
}

/** Names a store by its id; what is not known reads as its id. */
export function useStoreName(): (id: string) => string {
  const stores = useStores();
  return (id) => stores.find((store) => store.id === id)?.name ?? id;
}

/** Names a program by its id, in the language that is shown. */
export function useProgramName(): (id: string) => string {
  const programs = usePrograms();
  const language = useLanguage();
  return (id) => programs.find((program) => program.id === id)?.name[language] ?? id;
}
