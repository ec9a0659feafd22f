import { accepted, useCase } from '../../platform/executor/useCase.ts';

/** What an operator did to the whole ledger from outside: no value moves, but the log must tell of it. */
export type Note = {
  readonly type: 'ledger.unfrozen' | 'service.restored';
  readonly details: Readonly<Record<string, string>>;
};

/** Writes into a merchant's log what the operator did. */
export const noteOperation = useCase({
  name: 'ledger.note',
  permission: 'system',
  movesValue: false,
  needs: (_note: Note) => undefined,
  decide: (_rows, { type, details }, { merchantId }) =>
    accepted({ activities: [{ type, subjectId: merchantId, details }], changes: [], result: {} }),
});
