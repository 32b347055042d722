/** A format of strings (JSON Schema 2020-12, section 7.3), with values on both sides. */
export interface Format {
  /** Returns a valid value; a greater number gives a later or another one. */
  valid: (number: number) => string
  invalid: string
  pattern: RegExp
}

const dayOf = (number: number): string => new Date(Date.UTC(2031, 0, 10 + number)).toISOString().slice(0, 10)
const digits = (number: number, length: number): string => String(number).padStart(length, '0')

const date = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const time = /([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]\d\d:?\d\d)/i
const host = /^(?=.{1,253}$)[a-z\d]([a-z\d-]{0,61}[a-z\d])?(\.[a-z\d]([a-z\d-]{0,61}[a-z\d])?)*$/i
const octet = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)'

export const formats: Readonly<Record<string, Format>> = {
  date: { valid: dayOf, invalid: '2031-13-45', pattern: date },
  'date-time': {
    valid: (number) => `${dayOf(number)}T09:30:00Z`,
    invalid: '2031-13-45T99:00:00Z',
    pattern: new RegExp(`^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])[Tt]${time.source}$`, 'i'),
  },
  time: {
    valid: (number) => `${digits(9 + (number % 12), 2)}:30:00Z`,
    invalid: '99:99:99Z',
    pattern: new RegExp(`^${time.source}$`, 'i'),
  },
  duration: {
    valid: (number) => `P${number + 1}D`,
    invalid: 'a while',
    pattern: /^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/,
  },
  email: {
    valid: (number) => `ada${number || ''}@example.com`,
    invalid: 'not an address',
    pattern: /^[^\s@]+@[^\s@]+$/,
  },
  uuid: {
    valid: (number) => `3fa85f64-5717-4562-b3fc-${digits(number, 12)}`,
    invalid: 'not-a-uuid',
    pattern: /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i,
  },
  uri: {
    valid: (number) => `https://example.com/${number || ''}`,
    invalid: 'not a uri',
    pattern: /^[a-z][a-z\d+.-]*:[^\s<>"{}|\\^`]+$/i,
  },
  hostname: { valid: (number) => `host${number}.example.com`, invalid: '-not a host-', pattern: host },
  ipv4: {
    valid: (number) => `192.0.2.${1 + (number % 250)}`,
    invalid: '999.0.0.1',
    pattern: new RegExp(`^${octet}(\\.${octet}){3}$`),
  },
  ipv6: {
    valid: (number) => `2001:db8::${(number + 1).toString(16)}`,
    invalid: 'zz::1',
    pattern: /^(?=.*::|([\da-f]{1,4}:){7})[\da-f:.]+$/i,
  },
  byte: {
    valid: (number) => Buffer.from(`value ${number}`).toString('base64'),
    invalid: '*not base64*',
    pattern: /^[A-Za-z\d+/_-]*={0,2}$/,
  },
}
