import type { Pcm } from './pcm.ts'

/** The share of the energy of the loudest channel below which the channels cancel each other. */
const minShare = 0.02

/**
 * Mixes all channels into the first one. Takes the loudest channel instead where the mix is far
 * below it: channels out of phase cancel each other. Values that are not finite, as in a corrupt
 * floating-point file, become silence.
 */
export function mixChannels({ channels }: Pcm): Float32Array {
  const [mono = new Float32Array(), ...others] = channels
  const loudest = others.length ? findLoudest(channels) : mono
  const needed = minShare * energyOf(loudest)
  const kept = others.length ? loudest.slice() : loudest
  for (let index = 0; index < mono.length; index++) {
    let sum = 0
    for (const channel of channels) sum += finite(channel[index])
    mono[index] = sum / channels.length
  }
  return others.length && energyOf(mono) < needed ? kept.map(finite) : mono
}

const finite = (sample = 0) => (Number.isFinite(sample) ? sample : 0)

function findLoudest(channels: Float32Array[]): Float32Array {
  let loudest = new Float32Array()
  let most = -1
  for (const channel of channels) {
    const energy = energyOf(channel)
    if (energy > most) [loudest, most] = [channel as Float32Array<ArrayBuffer>, energy]
  }
  return loudest
}

function energyOf(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) if (Number.isFinite(sample)) sum += sample * sample
  return sum
}
