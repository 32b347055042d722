/** A body with a binary part as multipart/form-data; undefined for one without. */
export function toFormData(body: Record<string, unknown>): FormData | undefined {
  const parts = Object.entries(body).filter(([, value]) => value !== undefined)
  if (!parts.some(([, value]) => value instanceof Blob)) return undefined
  const form = new FormData()
  for (const [name, value] of parts) form.append(name, value instanceof Blob ? value : String(value))
  return form
}
