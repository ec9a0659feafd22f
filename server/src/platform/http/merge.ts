/** The text of a JSON object with further fields: for what an answer shows once and nothing keeps. */
export function withFields(body: string, fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...JSON.parse(body), ...fields });
}
