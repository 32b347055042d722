import { packPackages } from '../tools/package/pack-packages.ts'

/** Packs the packages once, before the tests that install them. */
export async function setup(): Promise<void> {
  await packPackages()
}
