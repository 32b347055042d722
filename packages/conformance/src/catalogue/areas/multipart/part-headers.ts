import type { CheckRow } from '../../define-checks.ts'
import { judgeAll, judgeEachResponse, judgeStatus } from '../../judgements.ts'
import { filePart, uploadAs } from '../../requests.ts'
import { judgeTolerated } from './judgements.ts'

export const partHeaderRows: readonly CheckRow[] = [
  {
    id: 'MP-20',
    title: 'File names beyond ASCII, with quotes and in capitals are accepted',
    harm: 'client-breaks',
    source: 'RFC 7578, section 4.2; HTML, multipart form data',
    remediation: 'Read file names as UTF-8, and use them as hints only.',
    plan: ({ clips }) => [uploadAs(clips.short, {}, { filename: `Zoë "録音" 🎙 ${'X'.repeat(200)}.WAV` })],
    judge: judgeStatus({ pass: [200] }),
  },
  {
    id: 'MP-21',
    title: 'A file name in extended notation causes no server error',
    harm: 'quality',
    source: 'RFC 7578, section 4.2',
    remediation: 'Ignore filename*, or answer 400.',
    plan: ({ clips }) => [
      uploadAs(
        clips.short,
        {},
        { headers: { 'Content-Disposition': `form-data; name="audio"; filename*=UTF-8''short%20clip.wav` } },
      ),
    ],
    judge: judgeTolerated,
  },
  {
    id: 'MP-22',
    title: 'A file name with a path or a command is treated as a name',
    harm: 'security',
    source: 'RFC 7578, section 4.2; CWE-22',
    remediation: 'Never use the name of an upload in a path, a command or a response.',
    plan: ({ clips }) =>
      ['../../../../etc/passwd;$(id).wav', 'a\0b.wav'].map((filename) => uploadAs(clips.short, {}, { filename })),
    judge: judgeAll(
      judgeStatus({ pass: [200, '4xx'] }),
      judgeEachResponse(
        'warn',
        ({ body }) => body.includes('../../') && 'saw the path in the response, expected no trace of it',
      ),
      judgeEachResponse(
        'fail',
        ({ body }) => /root:|uid=\d/.test(body.toString()) && 'saw the result of using the name, expected no effect',
      ),
    ),
  },
  {
    id: 'MP-23',
    title: 'A recording without a specific media type is recognized by its content',
    harm: 'client-breaks',
    source: 'RFC 7578, section 4.4',
    remediation: 'Look at the bytes: many clients send no media type, or application/octet-stream.',
    plan: ({ clips: { short } }) => {
      const { type: _, ...untyped } = filePart(short)
      return [
        { body: { parts: [untyped] }, seconds: short.seconds },
        uploadAs(short, {}, { type: 'application/octet-stream' }),
      ]
    },
    judge: judgeStatus({ pass: [200] }),
  },
  {
    id: 'MP-24',
    title: 'Additional headers of a part are ignored',
    harm: 'quality',
    source: 'RFC 7578, sections 4.7 and 4.8',
    remediation: 'Ignore part headers other than Content-Disposition and Content-Type.',
    plan: ({ clips }) => [
      uploadAs(clips.short, {}, { headers: { 'Content-Transfer-Encoding': 'binary', 'X-Foo': 'bar' } }),
    ],
    judge: judgeStatus({ pass: [200], warn: ['4xx'] }),
  },
]
