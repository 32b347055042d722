import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** The structure of one source file. Lines and columns count from 1. */
export interface Source {
  /** Relative to the root of the repository. */
  path: string
  lines: number
  /** The repository files that it imports or re-exports, types included. */
  imports: string[]
  comments: Comment[]
  /** Functions with a body, with their length in lines. */
  functions: { name: string; line: number; lines: number }[]
  /** Non-null assertions, `value!`. */
  nonNullAssertions: number
  /** Spreads of a condition, `...(value && { value })`. */
  conditionalSpreads: number
  /** Lines with `x += 1`, which is written `x++`. */
  longIncrements: number[]
}

export interface Comment {
  line: number
  /** Without the comment marks; consecutive `//` lines are one comment. */
  text: string
  /** The widest of its lines, with the code or indentation before it. */
  width: number
}

/** Parses a TypeScript file; `path` is relative to `root`. */
export function readSource(root: string, path: string): Source {
  const text = readFileSync(join(root, path), 'utf8')
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const lineAt = (position: number) => file.getLineAndCharacterOfPosition(position).line + 1
  const source: Source = {
    path,
    lines: file.getLineStarts().length,
    imports: [],
    comments: [],
    functions: [],
    nonNullAssertions: 0,
    conditionalSpreads: 0,
    longIncrements: [],
  }
  const ranges = new Map<number, ts.CommentRange>()

  function visit(node: ts.Node): void {
    const specifier = importSpecifier(node)
    if (specifier?.startsWith('.')) source.imports.push(join(path, '..', specifier))
    if (ts.isNonNullExpression(node)) source.nonNullAssertions++
    if (isConditionalSpread(node)) source.conditionalSpreads++
    if (isLongIncrement(node)) source.longIncrements.push(lineAt(node.getStart()))
    if (ts.isFunctionLike(node) && 'body' in node && node.body && ts.isBlock(node.body)) {
      const [line, end] = [lineAt(node.getStart()), lineAt(node.end)]
      source.functions.push({ name: functionName(node), line, lines: end - line + 1 })
    }
    for (const range of [
      ...(ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.end) ?? []),
    ])
      ranges.set(range.pos, range)
    for (const child of node.getChildren()) visit(child)
  }
  visit(file)
  source.comments = toComments(text, [...ranges.values()], lineAt)
  return source
}

function importSpecifier(node: ts.Node): string | undefined {
  const specifier =
    ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
      ? node.moduleSpecifier
      : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
        ? node.arguments[0]
        : undefined
  return specifier && ts.isStringLiteral(specifier) ? specifier.text : undefined
}

function isConditionalSpread(node: ts.Node): boolean {
  return (
    ts.isSpreadAssignment(node) &&
    ts.isParenthesizedExpression(node.expression) &&
    ts.isBinaryExpression(node.expression.expression) &&
    node.expression.expression.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
  )
}

function isLongIncrement(node: ts.Node): boolean {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken &&
    ts.isNumericLiteral(node.right) &&
    node.right.text === '1'
  )
}

function functionName(node: ts.SignatureDeclaration): string {
  if (node.name) return node.name.getText()
  return ts.isVariableDeclaration(node.parent) ? node.parent.name.getText() : 'a function'
}

function toComments(text: string, ranges: ts.CommentRange[], lineAt: (position: number) => number): Comment[] {
  const lines = text.split('\n')
  const comments: Comment[] = []
  for (const { pos, end } of ranges.toSorted((left, right) => left.pos - right.pos)) {
    const [line, lastLine] = [lineAt(pos), lineAt(end)]
    const raw = text.slice(pos, end)
    const comment = {
      line,
      text: withoutMarks(raw),
      width: Math.max(...lines.slice(line - 1, lastLine).map((one) => one.length)),
    }
    const previous = comments.at(-1)
    const isContinued = previous && raw.startsWith('//') && lines[line - 2]?.trimStart().startsWith('//')
    if (isContinued && lines[line - 1]?.trimStart().startsWith('//')) {
      previous.text += ` ${comment.text}`
      previous.width = Math.max(previous.width, comment.width)
    } else comments.push(comment)
  }
  return comments
}

function withoutMarks(comment: string): string {
  return comment
    .replace(/^\/\*\*?|\*\/$|^\/\//g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .filter(Boolean)
    .join(' ')
    .trim()
}
