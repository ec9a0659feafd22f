import { useQuery } from '@tanstack/react-query';
import { type AnswerOf, ask, Refused } from '../../api/client.ts';

export type Here = AnswerOf<'GET /v1/device'>;

/**
 * Which device this browser is; null: none; undefined: not known yet. That it is none is an answer and not a failure, which
 * would be asked anew, and meanwhile unknown, after each payment.
 */
export function useHere(): Here | null | undefined {
  const { data, isError } = useQuery<Here | null>({ queryKey: ['device'], queryFn: readHere });
  return data === undefined && isError ? null : data;
}

async function readHere(): Promise<Here | null> {
  try {
    const { body } = await ask('GET /v1/device', {});
    return body;
  } catch (error) {
    if (error instanceof Refused && error.code === 'device_unknown') return null;
    throw error;
  }
}
