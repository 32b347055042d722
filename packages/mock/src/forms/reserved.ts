import type { MediaType } from '@livepeer-ai/openapi'
import type { Issue } from '@livepeer-ai/server'

/** Reserved characters (RFC 3986, 2.2). A `+` is a space in a form. */
const reserved = /[/?#[\]@!$&'()*,;=]/

/** Returns the properties of a urlencoded body that contain characters that have to be encoded. */
export function findReserved(body: string, { encoding = {} }: MediaType): Issue[] {
  const pairs = body.split('&').map((pair) => {
    const [name = '', ...rest] = pair.split('=')
    return { name, value: rest.join('=') }
  })
  return Object.entries(encoding).flatMap(([property, { allowReserved, style = 'form', explode }]) => {
    // The comma between the items of a list is not encoded.
    const isList = style === 'form' && explode === false
    const isWrong = pairs.some(
      ({ name, value }) => name === property && reserved.test(isList ? value.replaceAll(',', '') : value),
    )
    if (allowReserved || !isWrong) return []
    return [{ loc: ['body', property], msg: 'Reserved characters used in request body', type: 'reserved' }]
  })
}
