import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as z from 'zod/mini'

/**
 * What a panel costs a month that nobody uses: counted in the templates, at AWS's public prices for us-east-1 and with
 * nothing taken off for free allowances. Whatever is paid by use, and rests while nobody comes, is not in it.
 */

const templateSchema = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z._default(z.record(z.string(), z.unknown()), {}) })),
})

export interface Resource {
  readonly Type: string
  readonly Properties: Readonly<Record<string, unknown>>
}

export interface CostLine {
  readonly what: string
  readonly count: number
  readonly eachDollars: number
  readonly why: string
}

const minutesAMonth = (365.25 / 12) * 24 * 60

const prices = {
  alarmMetric: 0.1,
  key: 1,
  sqsRequest: 0.4e-6,
  scheduledCall: 1e-6,
  lambdaRequest: 0.2e-6,
  lambdaGigabyteSecond: 1.33334e-5,
  readUnit: 0.125e-6,
  writeUnit: 0.625e-6,
  logGigabyte: 0.5,
  webAcl: 5,
  webAclRule: 1,
} as const

/** Five pollers ask a queue again every twenty seconds, whether or not there is anything in it. */
const pollsAMonth = 5 * 3 * minutesAMonth

/** A run by the clock that finds nothing to do: the call, a tenth of a second of half a gigabyte, ten reads, two writes, a line. */
const idleRun =
  prices.scheduledCall +
  prices.lambdaRequest +
  0.1 * 0.5 * prices.lambdaGigabyteSecond +
  10 * prices.readUnit +
  2 * prices.writeUnit +
  400e-9 * prices.logGigabyte

const metricsOf = ({ Properties }: Resource): number => {
  const metrics = z.safeParse(z.array(z.object({ MetricStat: z.optional(z.unknown()) })), Properties['Metrics'])
  return metrics.success ? metrics.data.filter(({ MetricStat }) => MetricStat !== undefined).length : 1
}

export function idleCosts(resources: readonly Resource[]): CostLine[] {
  const of = (type: string): Resource[] => resources.filter(({ Type }) => Type === `AWS::${type}`)
  const polled = of('Lambda::EventSourceMapping').filter(({ Properties }) => Properties['StartingPosition'] === undefined)
  const often = of('Scheduler::Schedule').filter(({ Properties }) => Properties['ScheduleExpression'] === 'rate(1 minute)')
  const firewalls = of('WAFv2::WebACL')
  const lines: CostLine[] = [
    {
      what: 'alarm metrics',
      count: of('CloudWatch::Alarm').reduce((sum, alarm) => sum + metricsOf(alarm), 0),
      eachDollars: prices.alarmMetric,
      why: 'one for each worker, each API, each of the three dead-letter queues, each thing that the panel measures of itself',
    },
    {
      what: 'metrics of our own',
      count: of('CloudWatch::Alarm').filter(({ Properties }) => Properties['Namespace'] === 'Panel').length,
      eachDollars: 0,
      why: 'told, and paid for ($0.30 for a whole month), only while something is wrong: orders unsent, a provider failing',
    },
    {
      what: 'queues that are polled',
      count: polled.length,
      eachDollars: pollsAMonth * prices.sqsRequest,
      why: 'five pollers, every 20 seconds',
    },
    {
      what: 'keys',
      count: of('KMS::Key').length,
      eachDollars: prices.key,
      why: 'seals the providers’ keys; a dollar more after each of the first two yearly rotations',
    },
    {
      what: 'runs every minute',
      count: often.length,
      eachDollars: minutesAMonth * idleRun,
      why: 'sweeping, asking for polls, starting runs of orders, telling customers',
    },
    {
      what: 'firewalls',
      count: firewalls.length,
      eachDollars: prices.webAcl + 2 * prices.webAclRule,
      why: 'off by default',
    },
    {
      what: 'tables, buckets, user pools, addresses and APIs',
      count: [
        'DynamoDB::Table',
        'S3::Bucket',
        'Cognito::UserPool',
        'CloudFront::Distribution',
        'ApiGatewayV2::Api',
        'ApiGateway::RestApi',
      ].flatMap(of).length,
      eachDollars: 0,
      why: 'paid by use; storage is cents a gigabyte',
    },
  ]
  return lines.filter(({ count }) => count > 0)
}

/** The table of the README. */
export function idleCostTable(lines: readonly CostLine[]): string {
  const dollars = (amount: number): string => `$${amount.toFixed(2)}`
  const total = lines.reduce((sum, { count, eachDollars }) => sum + count * eachDollars, 0)
  return [
    '| what | how many | each a month | a month | why |',
    '| --- | ---: | ---: | ---: | --- |',
    ...lines.map(
      ({ what, count, eachDollars, why }) =>
        `| ${what} | ${count} | ${dollars(eachDollars)} | ${dollars(count * eachDollars)} | ${why} |`,
    ),
    `| **together** | | | **${dollars(total)}** | |`,
  ].join('\n')
}

// `npm run synth`, then this, prints the table.
if (import.meta.main) {
  const folder = fileURLToPath(new URL('../cdk.out/', import.meta.url))
  const resources = readdirSync(folder)
    .filter((file) => file.endsWith('.template.json'))
    .flatMap((file) => Object.values(templateSchema.parse(JSON.parse(readFileSync(folder + file, 'utf8'))).Resources))
  process.stdout.write(`${idleCostTable(idleCosts(resources))}\n`)
}
