export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

/** Structured lines for machines. Facts are given by name, so that nothing secret gets in with a whole object. */
export type Log = {
  info(message: string, facts?: Facts): void;
  error(message: string, facts: Facts, error: unknown): void;
};

/** JSON lines to a stream, one a record. */
export function jsonLog(write: (line: string) => void, clock: () => Date): Log {
  const line = (level: string, message: string, facts: Facts) =>
    write(`${JSON.stringify({ time: clock().toISOString(), level, message, ...facts })}\n`);
  return {
    info: (message, facts = {}) => line('info', message, facts),
    error: (message, facts, error) => line('error', message, { ...facts, error: chainOf(error) }),
  };
}

/** An error with its causes, each said once. */
function chainOf(error: unknown): string {
  const said: string[] = [];
  for (let at: unknown = error; at instanceof Error && said.length < 8; at = at.cause)
    said.push(at.stack ?? at.message);
  return said.length > 0 ? said.join('\ncaused by: ') : String(error);
}
