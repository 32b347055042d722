/** Progress of the current attempt in bytes. `total` is absent if the size is unknown. */
export interface UploadProgress {
  loaded: number
  total?: number
}

/** The upload of one attempt. This is the only place that knows if the attempt may be billed. */
export class Upload {
  readonly onProgress: ((progress: UploadProgress) => void) | undefined
  /** True if the gateway may have the whole body, so that it may do and bill the work. */
  isComplete: boolean

  constructor(onProgress: Upload['onProgress'], isComplete: boolean) {
    this.onProgress = onProgress
    this.isComplete = isComplete
  }

  /** Only POST and PATCH do work that costs something; the other methods are idempotent. */
  mayBeBilled(method: string): boolean {
    return this.isComplete && /^(POST|PATCH)$/.test(method)
  }
}
