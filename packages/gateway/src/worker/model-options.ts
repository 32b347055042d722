/** The options of the threads. */
export interface ModelOptions {
  maxDuration: number
  modelFolder: string | undefined
  ffmpeg: string
}
