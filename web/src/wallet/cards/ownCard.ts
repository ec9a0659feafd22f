import { useParams } from '@tanstack/react-router';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { useMerchant } from '../merchant.ts';

export type Card = AnswerOf<'GET /v1/wallet/{slug}/cards/{id}'>;

/** The card that this page's address names. */
export function useOwnCard() {
  const { slug } = useMerchant();
  const { id = '' }: { id?: string } = useParams({ strict: false });
  return { id, ...useAsk('GET /v1/wallet/{slug}/cards/{id}', { params: { slug, id } }) };
}
