import { useQuery } from '@tanstack/react-query';
import { ask, type ItemOf } from '../../api/client.ts';
import { useMay } from '../../ui/session.ts';
import { pageMax, readAll } from './names.ts';

export type Party = ItemOf<'GET /v1/settlement-parties'>;
const keptMs = 60_000;

/** Issuers and sponsors that may bear cost, for names and choices. */
export function useParties(): readonly Party[] {
  const { data } = useQuery({
    queryKey: ['all', 'parties'],
    staleTime: keptMs,
    enabled: useMay('settlement.read'),
    queryFn: () =>
      readAll((cursor) => ask('GET /v1/settlement-parties', { query: { cursor, limit: pageMax } })),
  });
  return data ?? [];
}
