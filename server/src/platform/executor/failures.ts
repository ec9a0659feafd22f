import { Conflict } from './entity.ts';

const sqlStateOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const lostConnection = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ENOENT', 'EAGAIN', 'ETIMEDOUT'],
  ...['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EHOSTDOWN', 'ENOTFOUND', 'EAI_AGAIN'],
]);
/** What `guarded` in db/statement.ts raises. */
const asJudged = 'SC001';
/**
 * Serialization failure, deadlock, lock time-out, cut for idling, a server that has become a standby, and rows that are
 * not as they were judged.
 * Class 53 is a server short of something (connections, memory, disk), class 57P one that is going or not yet there.
 */
const passing = new Set(['40001', '40P01', '55P03', '25P03', '25006']);
const passingClasses = /^(53|57P)/;

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
    /connection (terminated|ended|timeout)|timeout (exceeded|expired)|read timeout|not queryable/i.test(
      error.message,
    )
  );
}

/** The rows, or the journal, were not as they were judged. */
export function isConflict(error: unknown): boolean {
  return error instanceof Conflict || sqlStateOf(error) === asJudged;
}

/** Nothing was written, and the same batch may well succeed when tried anew. */
export function isTransient(error: unknown): boolean {
  const state = sqlStateOf(error);
  return isConflict(error) || passing.has(state) || passingClasses.test(state) || isLostConnection(error);
}

/** A statement was cut off, by its time limit or an operator: nothing was written, and trying at once would take as long. */
export function isCutOff(error: unknown): boolean {
  return sqlStateOf(error) === '57014';
}

/** Nobody can say now whether the command happened; who asks again with the same key will be told. */
export class OutcomeUnknown extends Error {}
