import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { describe, expect, onTestFinished, test } from 'vitest'
import { bundleSizes, overBudget } from '../../lib/bundle/budgets.ts'
import { bundle, codeFolder } from '../../lib/bundle.ts'
import { definitions, plainName } from '../../lib/definitions.ts'

const metafile = await bundle()

describe('the bundles', () => {
  test('are one for each function of the registry', () => {
    expect(
      bundleSizes(metafile)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(definitions.map(plainName).sort())
  })

  test('keep to their budgets', () => {
    expect(overBudget(metafile)).toEqual([])
  })

  test('look for credentials in the environment alone', () => {
    const inputs = new Set(Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs)))
    expect([...inputs].filter((path) => /credential-provider-(node|ini|sso|process|login)|nested-clients/.test(path))).toEqual([])
    expect([...inputs].filter((path) => path.includes('credential-provider-env'))).not.toEqual([])
  })

  test('hold nothing that only a developer’s machine or a deployment has', () => {
    const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs))
    expect(
      inputs.filter((path) =>
        /^(lib\/(?!bundle\/)|local|site|tests)\/|node_modules\/(aws-cdk-lib|constructs|esbuild)\//.test(path),
      ),
    ).toEqual([])
  })
})

describe('what checks files, as it is deployed', () => {
  test('P-COL-2: draws a picture anew with nothing but what lies in its own folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'check-file-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    cpSync(codeFolder({ name: 'workers.check-file' }), folder, { recursive: true })
    const thread = new Worker(pathToFileURL(join(folder, 'index.mjs')), {
      workerData: { task: 'draw a picture anew', still: onePixel, format: 'png', orientation: 1, purpose: 'avatar' },
      env: {},
    })
    onTestFinished(async () => void (await thread.terminate()))
    const drawn = await new Promise((done, failed) => {
      thread.once('message', done)
      thread.once('error', failed)
      thread.once('exit', () => failed(new Error('the thread ended without an answer')))
    })
    expect(drawn).toMatchObject({ type: 'image/jpeg', width: 256, height: 256 })
  })
})

/** A PNG. */
const onePixel = Uint8Array.from(
  Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
)

describe('a budget', () => {
  const output = (bytes: number, ...packages: string[]) => ({
    outputs: {
      'dist/functions/customer-x/index.mjs': {
        bytes,
        inputs: Object.fromEntries(packages.map((name) => [`node_modules/${name}/index.js`, { bytesInOutput: 1 }])),
      },
    },
  })

  test('is larger for a function that uses more, and for no other', () => {
    const [tableAlone, withMail] = [
      output(365_000, '@aws-sdk/client-dynamodb'),
      output(365_000, '@aws-sdk/client-dynamodb', '@aws-sdk/client-sesv2'),
    ]
    expect(overBudget(tableAlone)).toHaveLength(1)
    expect(overBudget(withMail)).toEqual([])
  })

  test('is below 450 KB for a function that uses the table alone', () => {
    expect(overBudget(output(450_000, '@aws-sdk/client-dynamodb'))).toHaveLength(1)
  })
})
