import { createClient } from '@livepeer-ai/client'

export { createClient }
type Client = ReturnType<typeof createClient>

const image = new File(['an image'], 'cat.png', { type: 'image/png' })
const prompt = 'a cat'

/**
 * A typed call of each operation. It returns a value of the response. This file compiles only with
 * the types of the second contract.
 */
export const calls: Record<string, (client: Client) => Promise<unknown>> = {
  genTextToImage: async ({ POST }) => urls((await POST('/text-to-image', { body: { prompt, seed: 7 } })).data?.images),
  genImageToImage: async ({ POST }) =>
    urls((await POST('/image-to-image', { body: { prompt, image, strength: 0.5 } })).data?.images),
  genImageToVideo: async ({ POST }) =>
    urls((await POST('/image-to-video', { body: { image, fps: 8 } })).data?.frames[0]),
  genUpscale: async ({ POST }) =>
    urls((await POST('/upscale', { body: { prompt, image, safety_check: false } })).data?.images),
  genAudioToText: async ({ audioToText }) => (await audioToText({ audio: new Blob(['a recording']) })).text,
  genSegmentAnything2: async ({ POST }) =>
    (await POST('/segment-anything-2', { body: { image, point_coords: '[[1, 2]]' } })).data?.scores,
  genLLM: async ({ POST }) => {
    const messages = [{ role: 'user', content: 'Hello' }]
    const { data } = await POST('/llm', { body: { messages, max_tokens: 9 } })
    return data?.choices[0]?.message?.content
  },
  genImageToText: async ({ POST }) => (await POST('/image-to-text', { body: { image } })).data?.text,
  genLiveVideoToVideo: async ({ POST }) => {
    const body = {
      subscribe_url: 'https://files.example/in',
      publish_url: 'https://files.example/out',
      params: { a: 1 },
    }
    return (await POST('/live-video-to-video', { body })).data?.request_id
  },
  genTextToSpeech: async ({ POST }) => (await POST('/text-to-speech', { body: { text: 'Hello' } })).data?.audio.url,
  health: async ({ GET }) => (await GET('/health')).data?.status,
  hardwareInfo: async ({ GET }) => (await GET('/hardware/info')).data?.gpu_info['0']?.name,
  hardwareStats: async ({ GET }) => (await GET('/hardware/stats')).data?.gpu_stats['0']?.utilization_compute,
  version: async ({ GET }) => (await GET('/version')).data?.version,
  metrics: async ({ GET }) => (await GET('/metrics', { parseAs: 'text' })).data,
}

const urls = (media: { url: string }[] = []) => media.map(({ url }) => url)
