import { Conflict } from './entity.ts';

const sqlStateOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const lostConnection = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'EAI_AGAIN']);
/** Serialization failure, deadlock, lock time-out, and the ways in which a server says that it is going or not yet there. */
const passing = new Set(['40001', '40P01', '55P03', '57P01', '57P02', '57P03', '53300', '25P03']);

/** A rule that the database keeps was broken. */
export function isConstraintViolation(error: unknown): boolean {
  return /^23\w{3}$/.test(sqlStateOf(error));
}

/** One of a batch's commands broke such a rule, or gave what the database cannot read: it must be found and fail alone. */
export function isOneCommandsFault(error: unknown): boolean {
  return isConstraintViolation(error) || /^22\w{3}$/.test(sqlStateOf(error));
}

/** The server or the way to it was gone: nothing was heard, so nothing may be concluded. */
export function isLostConnection(error: unknown): boolean {
  const code = sqlStateOf(error);
  if (lostConnection.has(code) || code.startsWith('08') || code.startsWith('57P')) return true;
  return (
    error instanceof Error &&
    /connection (terminated|ended|timeout)|timeout exceeded|not queryable/i.test(error.message)
  );
}

/** Nothing was written, and the same batch may well succeed when tried anew. */
export function isTransient(error: unknown): boolean {
  return error instanceof Conflict || passing.has(sqlStateOf(error)) || isLostConnection(error);
}

/** Nobody can say now whether the command happened; who asks again with the same key will be told. */
export class OutcomeUnknown extends Error {}
