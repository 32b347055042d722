// Run as the prepack script of the gateway: the notices of what is bundled in its page are written into the package.
import { writeFile } from 'node:fs/promises'
import { pageNotices } from './page.ts'

await writeFile('THIRD_PARTY_NOTICES.md', await pageNotices())
