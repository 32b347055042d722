import { createClient } from '@livepeer-ai/client'
import { livepeerStudio } from '@livepeer-ai/client/gateways'

// What a browser's bundler resolves to has other types than in Node: this is checked where the package is installed.

createClient({ gateway: livepeerStudio, token: 'token' })
// @ts-expect-error Where there is no list of all gateways, one is no name.
createClient({ gateway: 'livepeer-studio', token: 'token' })
