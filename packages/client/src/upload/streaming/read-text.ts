/** Size limit of an error in bytes. More of it would help nobody. */
const maxErrorBytes = 2 ** 20

/** Reads the text of a response. Throws an error if a success is too large, and cuts an error. */
export async function readText(response: Response, limit: number = 64 * 2 ** 20): Promise<string> {
  const { status } = response
  // No Response can be created with such a status.
  if (status < 200 || status > 599) throw new Error(`HTTP has no status ${status}`)
  const reader = response.body?.getReader()
  if (!reader) return ''
  const decoder = new TextDecoder()
  let text = ''
  let left = response.ok ? limit : maxErrorBytes
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    text += decoder.decode(value.subarray(0, left), { stream: true })
    left -= value.length
    if (left >= 0) continue
    reader.cancel().catch(() => {})
    if (response.ok) throw new Error(`the response is larger than ${limit} bytes`)
    return text
  }
}
