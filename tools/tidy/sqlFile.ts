/** A table as a migration creates it. */
export type Table = { readonly name: string; readonly items: readonly Item[] };
/** A column or a constraint in a `create table`. */
export type Item = { readonly at: number; readonly text: string; readonly original: string };

export type SqlFile = {
  readonly path: string;
  readonly text: string;
  /** `text` in lower case with comments and strings blanked; offsets and lines stay. */
  readonly code: string;
  readonly tables: readonly Table[];
};

const notCode = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|(\$\w*\$)[\s\S]*?\1/g;

/** The code of an SQL text: what is neither comment nor string, in lower case. */
export function sqlCode(text: string): string {
  return text.replace(notCode, (match) => match.replace(/[^\n]/g, ' ')).toLowerCase();
}

export function readSqlFile(path: string, text: string): SqlFile {
  const code = sqlCode(text);
  const tables = [...code.matchAll(/\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?([\w.]+)\s*\(/g)].map(
    (match) => ({
      name: match[1] ?? '',
      items: itemsFrom(code, match.index + match[0].length).map(({ at, text: item }) => ({
        at,
        text: item,
        original: withComment(text, at, item.length),
      })),
    }),
  );
  return { path, text, code, tables };
}

/** Splits what follows an opening parenthesis at its top-level commas, up to its closing one. */
function itemsFrom(code: string, start: number): { at: number; text: string }[] {
  const items: { at: number; text: string }[] = [];
  let depth = 0;
  let from = start;
  for (let at = start; at < code.length; at += 1) {
    const sign = code[at];
    if (sign === '(') depth += 1;
    if ((sign === ',' || sign === ')') && depth === 0) {
      const lead = code.slice(from, at).search(/\S/);
      items.push({ at: from + Math.max(lead, 0), text: code.slice(from, at).trim() });
      from = at + 1;
      if (sign === ')') break;
    }
    if (sign === ')') depth -= 1;
  }
  return items.filter(({ text }) => text !== '');
}

/** The item with whatever comment follows it on its last line. */
function withComment(text: string, at: number, length: number): string {
  const end = text.indexOf('\n', at + length);
  return text.slice(at, end === -1 ? undefined : end);
}
