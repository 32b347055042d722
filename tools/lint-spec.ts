import { findOverlays } from './overlays/overlay.ts'
import { lint } from './spec/lint.ts'
import { runStep } from './spec/spec-error.ts'

/** `npm run lint:spec`: lints the description and its overlays. */
const specFile = process.argv[2] ?? 'spec/openapi.yaml'

await runStep(async () => {
  const { gateways, strict } = await findOverlays(specFile)
  const files = [specFile, ...gateways, ...strict]
  await lint(...files)
  console.log(`${files.join(', ')}: 0 problems`)
})
