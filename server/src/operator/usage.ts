/** The command line was not understood: exit code 2, and the sentence. */
export class Usage extends Error {}

/** The exit code of a verification that found the books wrong. */
export const exitNotHolding = 3;

export const exitCodes = `Exit codes
  0  done
  1  it did not work; the reason is on standard error
  2  the command line or a setting was not understood
  3  verify found that the books do not hold`;
