import ts from 'typescript';

/** A piece of text inside a source: a string or a whole template, with the source text of what is interpolated. */
export type Literal = { readonly at: number; readonly text: string; readonly node: ts.Node };

/** A TypeScript or JavaScript file as tidy sees it. */
export type Source = {
  readonly path: string;
  readonly text: string;
  /** `text` with comments and the inside of strings and patterns blanked; offsets and lines stay. */
  readonly code: string;
  readonly literals: readonly Literal[];
  readonly tree: ts.SourceFile;
};

export function readSource(path: string, text: string): Source {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2024, true);
  const literals: Literal[] = [];
  const blanked = text.split('');
  const blank = (from: number, to: number) => {
    for (let at = from; at < to; at += 1) if (text[at] !== '\n') blanked[at] = ' ';
  };
  walk(tree, (node) => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      literals.push({ at: node.getStart(tree), text: node.text, node });
    }
    if (ts.isTemplateExpression(node)) {
      const from = node.getStart(tree);
      literals.push({ at: from, text: text.slice(from + 1, node.end - 1), node });
    }
    if (ts.isLiteralExpression(node) && !ts.isNumericLiteral(node) && !ts.isBigIntLiteral(node)) {
      blank(node.getStart(tree) + 1, node.end - 1);
    }
    if (ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      blank(node.getStart(tree) + 1, node.end - (ts.isTemplateTail(node) ? 1 : 2));
    }
  });
  // What still looks like a comment now is one: the strings that could have held its marks are blank.
  for (const comment of blanked.join('').matchAll(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g)) {
    blank(comment.index, comment.index + comment[0].length);
  }
  return { path, text, code: blanked.join(''), literals, tree };
}

/** Visits a node and all below it, parents first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}
