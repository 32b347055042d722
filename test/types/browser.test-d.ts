import { createClient } from '@livepeer-ai/client'
import { livepeerStudio } from '@livepeer-ai/client/gateways'

// Browsers have other types than Node, so this is compiled where the package is installed.

createClient({ gateway: livepeerStudio, token: 'token' })
// @ts-expect-error Without a list of all gateways, a name is not accepted.
createClient({ gateway: 'livepeer-studio', token: 'token' })
