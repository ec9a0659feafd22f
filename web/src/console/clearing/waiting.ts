import type { AnswerOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';

const readEveryMs = 30_000;

/** Statements that wait for whoever looks to confirm or dispute them. */
export function useWaitingStatements(): AnswerOf<'GET /v1/waiting-statements'>['items'] {
  const enabled = useMay('settlement.answer');
  const { data } = useAsk('GET /v1/waiting-statements', {}, { enabled, everyMs: () => readEveryMs });
  return data?.items ?? [];
}
