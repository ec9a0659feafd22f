import type { z } from 'zod';

/** What a shape takes out of the text of a JSON object. Throws if it does not fit. */
export function fieldsOf<Shape extends z.ZodType>(body: string, shape: Shape): z.output<Shape> {
  return shape.parse(JSON.parse(body));
}

/** The text of a JSON object with further fields: for what an answer shows once and nothing keeps. Undefined takes a field away. */
export function withFields(body: string, fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...JSON.parse(body), ...fields });
}
