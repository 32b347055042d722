import type { CheckRow } from '../../define-checks.ts'
import { judgeAll, judgeEach, judgeStatus } from '../../judgements.ts'
import { filePart, uploadAs } from '../../requests.ts'
import { judgeTolerated } from './judgements.ts'

export const partHeaderRows: readonly CheckRow[] = [
  {
    id: 'MP-20',
    title: 'File names beyond plain ASCII are accepted',
    level: 'SHOULD',
    source: 'RFC 7578, section 4.2; HTML, multipart form data',
    remediation: 'Read file names as UTF-8, and do not use them for anything but a hint.',
    plan: ({ clips }) =>
      ['a "quoted" name.wav', `Zoë 録音 🎙 ${'x'.repeat(230)}.wav`].map((filename) =>
        uploadAs(clips.short, {}, { filename }),
      ),
    judge: judgeStatus({ pass: [200], warn: ['4xx'] }),
  },
  {
    id: 'MP-21',
    title: 'A file name in the extended notation is no failure',
    level: 'SHOULD',
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
    title: 'A file name that is a path, or a command, is just a name',
    level: 'SHOULD',
    critical: true,
    source: 'RFC 7578, section 4.2; CWE-22',
    remediation: 'Never build a path or a command from the name of an upload, nor repeat it in an answer.',
    plan: ({ clips }) =>
      ['../../../../etc/passwd;$(id).wav', 'a\0b.wav'].map((filename) => uploadAs(clips.short, {}, { filename })),
    judge: judgeAll(
      judgeStatus({ pass: [200, '4xx'] }),
      judgeEach('warn', ({ response }) => response?.body.includes('../../') && 'the answer repeats the path'),
      judgeEach(
        'fail',
        ({ response }) => /root:|uid=\d/.test(response?.body.toString() ?? '') && 'the name was acted upon',
      ),
    ),
  },
  {
    id: 'MP-23',
    title: 'A recording is known by its content, without a media type of its own',
    level: 'SHOULD',
    source: 'RFC 7578, section 4.4',
    remediation: 'Look at the bytes: many clients send no media type for a file, or application/octet-stream.',
    plan: ({ clips: { short } }) => {
      const { type: _, ...untyped } = filePart(short)
      return [
        { body: { parts: [untyped] }, seconds: short.seconds },
        uploadAs(short, {}, { type: 'application/octet-stream' }),
      ]
    },
    judge: judgeStatus({ pass: [200], warn: ['4xx'] }),
  },
  {
    id: 'MP-24',
    title: 'Further headers of a part are ignored',
    level: 'SHOULD',
    source: 'RFC 7578, sections 4.7 and 4.8',
    remediation: 'Ignore part headers other than Content-Disposition and Content-Type.',
    plan: ({ clips }) => [
      uploadAs(clips.short, {}, { headers: { 'Content-Transfer-Encoding': 'binary', 'X-Foo': 'bar' } }),
    ],
    judge: judgeStatus({ pass: [200], warn: ['4xx'] }),
  },
]
