import type { z } from 'zod';
import type { Db } from '../../../platform/db/statement.ts';
import type { Cell } from '../../../platform/files/table.ts';
import type { ReadContext } from '../../../platform/http/route.ts';

/** A list that can be taken out: what it is narrowed by, its columns, and its rows a page at a time. */
export type ExportedList<Shape extends z.ZodRawShape = z.ZodRawShape> = {
  /** As in the address of the list. */
  readonly name: string;
  readonly title: { readonly zh: string; readonly en: string };
  /** What it takes to see the list; to take it out takes `exports.make` besides. */
  readonly permission: string;
  readonly filters: Shape;
  readonly columns: readonly { readonly zh: string; readonly en: string }[];
  readonly page: (
    db: Db,
    filter: z.output<z.ZodObject<Shape>>,
    after: Place,
    context: ReadContext,
  ) => Promise<{ readonly rows: readonly (readonly Cell[])[]; readonly next: Place | undefined }>;
};

/** Where a page ends, in the terms of its list; the first begins at `start`. */
export type Place = string;
export const start: Place = '';

/** Ties a list's filters to the function that reads by them; from then on they are only parsed and handed through. */
export function exportedList<Shape extends z.ZodRawShape>(list: ExportedList<Shape>): ExportedList<Shape> {
  return list;
}

/** An instant, in UTC. */
export const time = (instant: Date | null): Cell => instant?.toISOString() ?? null;
