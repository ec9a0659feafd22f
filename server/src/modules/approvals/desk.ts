import type { UseCase } from '../../platform/executor/useCase.ts';

/** What waits is kept by it, and read back. */
export type ApprovalDesk = {
  /** The use case of this name, if it may wait. */
  useCase(name: string): UseCase<never, unknown, unknown> | undefined;
  keep(input: unknown, context: string): Buffer;
  open(sealed: Buffer, context: string): never;
  /** By which the same input of the same command is found again. */
  hashOf(useCase: string, input: unknown): Buffer;
};

/** What a sealed input is bound to: it does not open as that of another approval, command or merchant. */
export function inputContext(merchantId: string, id: string, useCase: string): string {
  return `${merchantId}|${id}|${useCase}`;
}
