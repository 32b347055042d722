/** Thrown if a body is no transcription, or one that cannot be understood. */
export class UnusableTranscriptionError extends Error {
  override name = 'UnusableTranscriptionError' as const
}
