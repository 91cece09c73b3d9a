import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { overBudget } from './bundle/budgets.ts'
import { bundle } from './bundle.ts'
import { adminOpenApi, publishedOpenApi } from './openapi.ts'

/** Everything of the panel but its pages: the functions' bundles and the OpenAPI documents, in dist. */

const dist = fileURLToPath(new URL('../dist', import.meta.url))
const metafile = await bundle()
mkdirSync(dist, { recursive: true })
for (const [name, document] of Object.entries({ openapi: publishedOpenApi(), 'openapi.admin': adminOpenApi() }))
  writeFileSync(`${dist}/${name}.json`, `${JSON.stringify(document, undefined, 2)}\n`)

const tooLarge = overBudget(metafile)
for (const { name, bytes, budget } of tooLarge)
  process.stderr.write(`${name} is ${bytes} bytes and may have ${budget}: see lib/bundle/budgets.ts\n`)
if (tooLarge.length > 0) process.exitCode = 1
