import { createHash } from 'node:crypto'
import { readForm, toFileFacts } from '@livepeer-ai/openapi/gateways'
import type { NotedForm } from '../calls/noted-form.ts'

/** Returns the parts of a form, with notes in place of its files. */
export function noteForm(contentType: string, body: Uint8Array): NotedForm {
  const form: NotedForm = { fields: {}, files: [] }
  for (const { name, filename, mediaType = 'text/plain', content } of readForm(contentType, body).parts)
    if (filename === undefined) form.fields[name] = new TextDecoder().decode(content)
    else
      form.files.push({
        name,
        filename,
        mediaType,
        size: content.length,
        value: { ...toFileFacts(content), sha256: createHash('sha256').update(content).digest('hex') },
      })
  return form
}
