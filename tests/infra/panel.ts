import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { App } from 'aws-cdk-lib'
import { Code } from 'aws-cdk-lib/aws-lambda'
import * as z from 'zod/mini'
import { checkEverything } from '../../lib/nag.ts'
import { addPanel } from '../../lib/panel.ts'
import { readSettings } from '../../lib/settings.ts'

/** The panel as an operator in Ireland would deploy it, so that the edge is in another region than everything else. */
const homeRegion = 'eu-west-1'

const resource = z.object({
  Type: z.string(),
  Properties: z._default(z.record(z.string(), z.unknown()), {}),
  DeletionPolicy: z.optional(z.string()),
  UpdateReplacePolicy: z.optional(z.string()),
})
const template = z.object({
  Resources: z.record(z.string(), resource),
  Outputs: z._default(z.record(z.string(), z.unknown()), {}),
})

export type Resource = z.output<typeof resource> & { readonly id: string }
export interface SynthesisedStack {
  readonly name: string
  readonly text: string
  readonly resources: readonly Resource[]
  of(type: string): Resource[]
}

const cdkJson = z.object({ context: z.looseObject({ stages: z.record(z.string(), z.record(z.string(), z.unknown())) }) })

/** A folder that is gone when the tests are over. */
export function temporary(prefix: string): string {
  const folder = mkdtempSync(`${tmpdir()}/${prefix}`)
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** An app with the panel in it, not yet synthesised. `over` is what the operator set besides what cdk.json has. */
function panelApp(over: Readonly<Record<string, unknown>> = {}, pages = somePages()) {
  const { context } = cdkJson.parse(JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')))
  const [stage = 'panel', set = {}] = Object.entries(context.stages)[0] ?? []
  const stages = { [stage]: { ...set, region: homeRegion, ...over } }
  const app = new App({
    context: { ...context, stages, 'aws:cdk:disable-asset-staging': true },
    outdir: temporary('panel-infra-'),
    analyticsReporting: false,
  })
  addPanel(
    app,
    readSettings(stages),
    { account: undefined, region: undefined },
    { codeOf: () => Code.fromInline('// stands in for a bundle'), pages: { site: pages, console: pages } },
  )
  return app
}

/**
 * All stacks, by the last part of their names. Fails when a pack or CloudFormation's own rules find something; the latter
 * take four of the five seconds, and `npm run synth` has them look at the default settings.
 */
export function synthesise(
  over: Readonly<Record<string, unknown>> = {},
  rules: 'all' | 'packs alone' = 'all',
): ReadonlyMap<string, SynthesisedStack> {
  const app = panelApp(over)
  process.env['CDK_VALIDATION'] = String(rules === 'all')
  checkEverything(app)
  return new Map(
    app.synth().stacks.map(({ stackName, templateFullPath }) => {
      const text = readFileSync(templateFullPath, 'utf8')
      const { Resources } = template.parse(JSON.parse(text))
      const resources = Object.entries(Resources).map(([id, one]) => ({ id, ...one }))
      const stack = { name: stackName, text, resources, of: (type: string) => resources.filter(({ Type }) => Type === type) }
      return [stackName.slice(stackName.indexOf('-') + 1), stack]
    }),
  )
}

function somePages(): string {
  const folder = temporary('panel-pages-')
  writeFileSync(`${folder}/index.html`, '<!doctype html>')
  return folder
}

/** What CloudFormation would put in: text with `<…>` where only it knows what stands there. */
export function flat(value: unknown): string {
  if (typeof value === 'string') return value
  const intrinsic = z.safeParse(z.record(z.string(), z.unknown()), value)
  const [[name = '', of = undefined] = []] = intrinsic.success ? Object.entries(intrinsic.data) : [[]]
  switch (name) {
    case 'Ref':
    case 'Fn::ImportValue':
      return `<${flat(of)}>`
    case 'Fn::GetAtt':
      return `<${z.array(z.string()).parse(of).join('.')}>`
    case 'Fn::GetStackOutput':
      return `<${Object.values(z.record(z.string(), z.string()).parse(of)).join(' ')}>`
    case 'Fn::Join': {
      const [by, parts] = z.tuple([z.string(), z.array(z.unknown())]).parse(of)
      return parts.map(flat).join(by)
    }
    case 'Fn::Sub':
      return flat(of)
    default:
      throw new Error(`what is ${JSON.stringify(value)}?`)
  }
}

/** What stands at a path of a resource's properties; undefined where there is nothing. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  const [first, ...rest] = path
  if (first === undefined) return value
  if (Array.isArray(value)) return at(value[Number(first)], ...rest)
  const found = z.safeParse(z.record(z.string(), z.unknown()), value)
  return found.success ? at(found.data[first], ...rest) : undefined
}

const list = z.array(z.unknown())
/** A list, also where CloudFormation lets a list of one stand without its brackets. */
export const listed = (value: unknown): unknown[] => (value === undefined ? [] : (z.safeParse(list, value).data ?? [value]))
