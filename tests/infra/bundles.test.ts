import { describe, expect, test } from 'vitest'
import { bundleSizes, overBudget } from '../../lib/bundle/budgets.ts'
import { bundle } from '../../lib/bundle.ts'
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
