import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/client.ts';
import { useMay } from '../../ui/session.ts';
import { pageMax, readAll } from '../kit/names.ts';
import type { Plan } from './plan.ts';

/** All card types as they are sold now, for names and choices; undefined until they were read. */
export function usePlans(): readonly Plan[] | undefined {
  return useQuery({
    queryKey: ['all', 'plans'],
    enabled: useMay('members.read'),
    queryFn: () =>
      readAll((cursor) => ask('GET /v1/membership-plans', { query: { cursor, limit: pageMax } })),
  }).data;
}
