import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify, stripVTControlCharacters } from 'node:util'

const manifest = createRequire(import.meta.url).resolve('@redocly/cli/package.json')
const cli = join(dirname(manifest), 'bin/cli.js')
const config = fileURLToPath(new URL('../../redocly.yaml', import.meta.url))

/**
 * Runs the Redocly CLI, by default with this repository's rules. Returns its output for exit codes
 * other than 0, too.
 */
export async function redocly(
  [command = '', ...args]: string[],
  rules: string = config,
): Promise<{ ok: boolean; stdout: string; stderr: string }> {
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' }
  const options = { env, maxBuffer: 256 * 1024 * 1024 }
  const run = promisify(execFile)(process.execPath, [cli, command, '--config', rules, ...args], options)
  const { ok, stdout, stderr } = await run.then(
    (result) => ({ ok: true, ...result }),
    (error: { stdout?: string; stderr?: string; message: string }) => ({
      ok: false,
      stdout: error.stdout ?? '',
      stderr: error.stderr ?? error.message,
    }),
  )
  return { ok, stdout, stderr: stripVTControlCharacters(stderr) }
}
