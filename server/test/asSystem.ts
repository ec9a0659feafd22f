import { systemKeyId } from '../src/modules/people/index.ts';
import type { UseCase } from '../src/platform/executor/useCase.ts';
import type { TestBench } from './harness.ts';

/** Has a use case decided as the system itself, as a job would. */
export async function answeredAsSystem<Input, Rows, Result>(
  { runtime: { executor } }: TestBench,
  merchantId: string,
  useCase: UseCase<Input, Rows, Result>,
  input: Input,
) {
  const command = { useCase, input, keyId: systemKeyId, idempotencyKey: null, fingerprint: null } as unknown;
  return executor.run(merchantId, command as Parameters<typeof executor.run>[1]);
}

/** The same; answers with the refusal, if there is one. */
export async function asSystem<Input, Rows, Result>(
  ...asked: Parameters<typeof answeredAsSystem<Input, Rows, Result>>
): Promise<string | undefined> {
  const answer = await answeredAsSystem(...asked);
  return 'refusal' in answer ? answer.refusal.refused : undefined;
}
