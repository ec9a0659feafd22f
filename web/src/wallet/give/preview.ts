import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/client.ts';

/** What a link would give. The token goes in a body, so that it stands in no address. */
export function usePreview(slug: string, token: string) {
  return useQuery({
    queryKey: ['gift', slug, token],
    queryFn: async ({ signal }) => {
      const parts = { params: { slug }, body: { token } };
      return (await ask('POST /v1/wallet/{slug}/gifts/preview', parts, signal)).body;
    },
  });
}
