/** A body object as multipart/form-data: files as file parts, arrays as repeated parts, objects as JSON; undefined is left out. */
export function formData(body: Record<string, unknown>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(body))
    for (const part of Array.isArray(value) ? value : [value]) {
      if (part === undefined || part === null) continue
      if (part instanceof Blob) form.append(name, part)
      else form.append(name, typeof part === 'object' ? JSON.stringify(part) : String(part))
    }
  return form
}
