import { changeParts } from '../../change-request.ts'
import { accept, refuse } from '../../change-response.ts'
import type { Defect } from '../../defect.ts'
import { audioOf, type Upload } from '../../upload.ts'

const namesOf = ({ parts: all }: Upload) => all.map(({ name }) => name)
const isRepeated = (upload: Upload, name: string) => namesOf(upload).filter((other) => other === name).length > 1
const knownNames = ['audio', 'model_id', 'return_timestamps', 'metadata']
const headOf = (upload: Upload) => audioOf(upload)?.head ?? ''

export const parts: Defect[] = [
  {
    name: 'unknown-field-422',
    summary: 'An undocumented field is answered with 422.',
    checks: ['MP-14'],
    around: refuse((upload) => namesOf(upload).some((name) => !knownNames.includes(name)), 422),
  },
  {
    name: 'repeated-field-500',
    summary: 'A repeated field is answered with 500.',
    checks: ['MP-15'],
    around: refuse((upload) => knownNames.slice(1).some((name) => isRepeated(upload, name)), 500),
  },
  {
    name: 'repeated-audio-500',
    summary: 'Two recordings are answered with 500.',
    checks: ['MP-16'],
    around: refuse((upload) => isRepeated(upload, 'audio'), 500),
  },
  {
    name: 'audio-as-text-500',
    summary: 'A recording in a text field is answered with 500.',
    checks: ['MP-17'],
    around: refuse((upload) => headOf(upload) !== '' && !/filename/.test(headOf(upload)), 500),
  },
  {
    name: 'empty-audio-200',
    summary: 'An empty recording is answered with 200 and an empty transcript.',
    checks: ['MP-18'],
    around: accept((upload) => audioOf(upload)?.content.length === 0),
  },
  {
    name: 'empty-audio-500',
    summary: 'An empty recording is answered with 500.',
    checks: ['MP-18', 'ER-07'],
    around: refuse((upload) => audioOf(upload)?.content.length === 0, 500),
  },
  {
    name: 'late-fields-ignored',
    summary: 'Fields after the recording are ignored.',
    checks: ['MP-19'],
    around: changeParts(({ parts: all }) => all.slice(0, all.findIndex(({ name }) => name === 'audio') + 1)),
  },
]
