import { buildSites } from './sites.ts'

/** The pages' part of `npm run build`. */
await buildSites()
