// The prepack script of the gateway: writes the notices of the code bundled in its page.
import { writeFile } from 'node:fs/promises'
import { pageNotices } from './page.ts'

await writeFile('THIRD_PARTY_NOTICES.md', await pageNotices())
