import { useAsk } from '../../ui/asking.ts';

/** What a channel is called, by its id. */
export function useChannelName(): (id: string) => string {
  const { data } = useAsk('GET /v1/payment-channels', {});
  return (id) => data?.items.find((channel) => channel.id === id)?.name ?? `…${id.slice(-6)}`;
}
