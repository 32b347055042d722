import { packPackages } from '../tools/package/pack-packages.ts'

/** Before the tests that install what is published, once. */
export async function setup(): Promise<void> {
  await packPackages()
}
