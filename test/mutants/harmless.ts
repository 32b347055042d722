/** Reasons why the default run may end without an error, with the defects. */
const reasons: Record<string, readonly string[]> = {
  'No client that follows the contract sends such a request.': [
    'path-case-ignored',
    'path-nul-500',
    'unknown-path-200',
    'query-refused',
    'trailing-slash-301',
    'description-500',
    'options-500',
    'untyped-body-500',
    'gzip-request-500',
    'longer-boundary-500',
    'padding-500',
    'bare-lf-500',
    'repeated-field-500',
    'repeated-audio-500',
    'file-name-extended-500',
    'part-header-400',
    'many-parts-500',
    'large-part-header-500',
    'model-long-500',
    'capital-timestamps-500',
    'timestamps-unknown-500',
    'timestamps-unknown-200',
    'metadata-duration-500',
    'field-charset-500',
    'name-against-content-500',
    'two-tokens-first-counts',
    'token-in-query',
    'token-in-form',
  ],
  'The contract does not promise this container.': ['ogg-500', 'mp4-without-sound-500'],
  'The invalid request is rejected; only the choice of the error is poor.': [
    'validates-before-auth',
    'upload-before-401',
    'not-audio-400',
  ],
  'The client gets the error; only its words are poor.': [
    'issue-loc-elsewhere',
    'issues-missing',
    'issues-none',
    'message-empty',
    'message-page',
    'message-long',
  ],
  'Only an upload over the limit, or one of exactly the limit, shows it. Such requests need --unsafe.': [
    'too-large-200',
    'too-large-400',
    'too-large-500',
    'too-large-reset',
    'limit-off-by-one',
  ],
  'Clients ignore additional values.': [
    'metadata-echoed',
    'timestamp-of-three',
    'property-more',
    'chunk-property-more',
    'word-property-more',
  ],
  'Only web pages of another origin notice it; the profile browser checks them.': [
    'preflight-405',
    'preflight-without-authorization',
    'preflight-without-post',
    'origin-without-vary',
    'refusal-without-cors',
  ],
  'No client reads these headers.': ['request-id-reused', 'cookie', 'inner-host'],
  'Caches do not reuse the response to a POST (RFC 9110, 9.3.3).': ['transcript-cacheable', 'transcript-etag'],
  'It is a mistake of recognition, which is a warning.': ['silence-thanked'],
  'The transcript is right; only the model is another one, which is a warning.': ['model-ignored'],
  'The answers follow the contract; only the description of the gateway differs, which `drift` reports.': [
    'description-requires-model',
    'description-renames-audio',
    'description-lacks-operation',
  ],
}

/** Further reasons for gateways with deviations, by gateway. */
const reasonsOfGateways: Record<string, typeof reasons> = {
  'ai-runner': {
    'The gateway answers 400 to files that are not recordings; only an upload over the limit, with --unsafe, gets 415.':
      ['name-decides', 'not-audio-200', 'not-audio-500'],
  },
  'go-livepeer': {
    'The gateway refuses every WAV file.': ['short-clip-400'],
    'The gateway has this shape of errors itself.': ['error-object'],
    'A request without Accept-Encoding accepts any coding (RFC 9110, 12.5.3). Only Dredd cannot read it.': [
      'gzip-unasked',
    ],
  },
  'livepeer-studio': {
    'The gateway refuses return_timestamps=false.': ['false-with-chunks', 'false-without-chunks', 'false-half-text'],
    'The gateway refuses metadata.': ['metadata-duration-trusted'],
    'The gateway has this shape of errors itself.': ['error-list'],
    'The suite sends this gateway FLAC in place of WAV.': ['short-clip-400'],
  },
}

/** Returns the reason of each defect that may stay silent in a default run. */
export const listHarmless = (gateway = ''): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [reasons, reasonsOfGateways[gateway] ?? {}]
      .flatMap((table) => Object.entries(table))
      .flatMap(([reason, names]) => names.map((name) => [name, reason])),
  )
