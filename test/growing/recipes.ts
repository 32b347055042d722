import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** A step of a recipe: a new file, an edit of a file, or a command. */
type Step =
  | { kind: 'file'; path: string; content: string }
  | { kind: 'edit'; path: string; lines: string[] }
  | { kind: 'command'; command: string }

/**
 * Reads a recipe from a guide: its code blocks, in order. A block is a file if the text before it
 * ends with a path, `diff` is an edit of that file, and `sh` has commands.
 */
export function readRecipe(guide: string, heading: string): Step[] {
  const [, section = ''] = new RegExp(`^#+ ${heading}\n(.*?)(?=^#|(?![\\s\\S]))`, 'ms').exec(guide) ?? []
  const blocks = [...section.matchAll(/([^\n]*)\n\n( *)```(\w+)\n(.*?)^ *```$/gms)]
  if (blocks.length === 0) throw new Error(`The guide has no recipe '${heading}'`)
  return blocks.flatMap(([, text = '', indent = '', language, block = '']): Step[] => {
    const lines = block.trimEnd().split('\n')
    const content = lines.map((line) => line.replace(indent, ''))
    if (language === 'sh') return content.map((command) => ({ kind: 'command', command }))
    const path = [...text.matchAll(/`([\w./-]+\.\w+)`/g)].at(-1)?.[1]
    if (path === undefined) throw new Error(`A block of '${heading}' names no file: ${text}`)
    return [
      language === 'diff'
        ? { kind: 'edit', path, lines: content }
        : { kind: 'file', path, content: `${content.join('\n')}\n` },
    ]
  })
}

/** Carries out a recipe in a folder. */
export async function carryOut(
  steps: Step[],
  folder: string,
  run: (command: string, ...args: string[]) => Promise<string>,
): Promise<void> {
  for (const step of steps) {
    if (step.kind === 'command') await run('sh', '-c', step.command)
    else if (step.kind === 'file') await writeNew(join(folder, step.path), step.content)
    else await edit(join(folder, step.path), step.lines)
  }
}

async function writeNew(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content, { flag: 'wx' })
}

/** Edits a file. Lines that are only added belong to its end. */
async function edit(path: string, lines: string[]): Promise<void> {
  const text = await readFile(path, 'utf8')
  const of = (marks: string) => lines.flatMap((line) => (marks.includes(line.charAt(0)) ? [`${line.slice(1)}\n`] : []))
  const [before, after] = [of(' -').join(''), of(' +').join('')]
  if (before === '') return writeFile(path, text + after)
  if (text.split(before).length !== 2) throw new Error(`${path} does not have these lines once:\n${before}`)
  return writeFile(
    path,
    text.replace(before, () => after),
  )
}
