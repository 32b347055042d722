import type { Kind, Subject } from '../check.ts'

type Predicate = (subject: Subject) => boolean

const takes = ({ operation }: Subject, mediaType: RegExp): boolean =>
  operation.requestBody?.mediaTypes.some((one) => mediaType.test(one)) ?? false

const isSafe = ({ operation }: Subject): boolean => operation.method === 'GET' || operation.method === 'HEAD'

const isSecured = ({ operation }: Subject): boolean =>
  operation.security.length > 0 && operation.security.every((one) => one.length > 0)

/** Tells for each kind if an operation is of that kind. */
const predicates: Readonly<Record<Kind, Predicate>> = {
  'audio-to-text': ({ sample }) => sample === undefined,
  any: () => true,
  other: ({ sample }) => sample !== undefined,
  body: ({ operation }) => operation.requestBody !== undefined,
  upload: ({ operation, sample }) => sample !== undefined && operation.requestBody !== undefined,
  form: ({ sample }) => sample?.body?.mediaType === 'multipart/form-data',
  multipart: (subject) => takes(subject, /^multipart\/form-data/),
  json: (subject) => takes(subject, /[/+]json/) && subject.sample?.body?.schema !== undefined,
  parameters: ({ sample }) => sample?.parameters.some((one) => one.in === 'query' || one.in === 'header') ?? false,
  item: ({ sample, operation }) => sample !== undefined && operation.path.includes('{'),
  secured: isSecured,
  guarded: (subject) => subject.sample !== undefined && isSecured(subject),
  safe: (subject) => subject.sample !== undefined && isSafe(subject),
  create: ({ resource, sample }) =>
    resource?.create !== undefined && resource.create === sample && resource.read !== undefined,
  list: ({ resource, sample }) => resource?.list !== undefined && resource.list === sample,
  read: ({ resource, sample }) => resource?.read !== undefined && resource.read === sample,
  change: ({ resource, sample }) =>
    sample !== undefined && (resource?.replace === sample || resource?.update === sample),
  remove: ({ resource, sample }) => resource?.remove !== undefined && resource.remove === sample,
}

/** The kinds that audio-to-text is of. */
export const recordingKinds: ReadonlySet<Kind> = new Set(['audio-to-text', 'any', 'body', 'multipart', 'secured'])

/** Returns true if a check applies to an operation. */
export const appliesTo = ({ for: kind = 'audio-to-text' }: { for?: Kind }, subject: Subject): boolean =>
  predicates[kind](subject)
