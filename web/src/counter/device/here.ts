import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type AnswerOf, ask, onRefusal, Refused } from '../../api/client.ts';

export type Here = AnswerOf<'GET /v1/device'>;
const deviceKey = ['device'];

/**
 * Which device this browser is; null: none; undefined: not known yet. That it is none is an answer and not a failure, which
 * would be asked anew, and meanwhile unknown, after each payment.
 */
export function useHere(): Here | null | undefined {
  const client = useQueryClient();
  // Whoever is signed out here may be because the device was revoked: then nobody is offered to sign in on it.
  useEffect(
    () =>
      onRefusal(({ code }) => {
        if (code === 'unauthenticated' && client.getQueryData(deviceKey))
          void client.resetQueries({ queryKey: deviceKey });
      }),
    [client],
  );
  const { data, isError } = useQuery<Here | null>({ queryKey: deviceKey, queryFn: readHere });
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
