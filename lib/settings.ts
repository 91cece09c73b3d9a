import * as z from 'zod/mini'

/** An ACM certificate for CloudFront lies in us-east-1, and so does everything else that belongs to a distribution. */
export const edgeRegion = 'us-east-1'

const email = z.email()
const hostName = z.string().check(z.regex(/^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$/))

const schema = z.strictObject({
  /** Where everything but the edge is. Without it, the region of the AWS profile. */
  region: z.optional(z.string().check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/))),
  panelName: z.string().check(z.minLength(1), z.maxLength(60)),
  /** ISO 4217. It cannot be changed once money has moved. */
  ledgerCurrency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  /** What one member of staff may credit in a day (UTC), in the ledger currency; more than that a second one has to agree to. */
  creditAlonePerDay: z._default(z.string().check(z.regex(/^\d{1,9}(\.\d{1,6})?$/)), '500'),
  /** Whether services are sold of which nobody of the staff attested where their effect comes from. */
  sellUnattested: z._default(z.boolean(), false),
  /** A privacy request is dealt with within so many days; the law of many places says a month. */
  privacyRequestDays: z._default(z.int().check(z.minimum(1), z.maximum(30)), 30),
  /** A ticket that waits for an answer for so many hours is late. */
  answerHours: z._default(z.int().check(z.minimum(1), z.maximum(720)), 24),
  /**
   * Where exchange rates are asked for once a day, in the form of the ECB's eurofxref-daily.xml. Without it nobody is asked,
   * and no provider can follow a daily rate.
   */
  ratesUrl: z.optional(
    z.string().check(z.maxLength(300), z.regex(/^https:\/\/(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*(?::8443)?\/[^\s?#]*$/)),
  ),
  /** Who runs the panel, as its policy and its mails name them. */
  operator: z.strictObject({
    name: z.string().check(z.minLength(1), z.maxLength(100)),
    /** On one line. */
    address: z.string().check(z.minLength(1), z.maxLength(200)),
    email,
    /** Whose law applies, as it is written in a sentence: "Germany", "the Netherlands". */
    country: z.string().check(z.minLength(2), z.maxLength(60)),
  }),
  /** How long things are kept. The policy tells of these, and the code that keeps them reads the same. */
  retention: z._default(
    z.strictObject({
      /** Entries of the access log, which hold addresses (P-RET-3). */
      accessLogDays: z._default(z.int().check(z.minimum(1), z.maximum(365)), 30),
      /** From an account's closing to the erasure of what is personal of it. */
      closedAccountDays: z._default(z.int().check(z.minimum(1), z.maximum(365)), 30),
      /** And of its transaction records, after that. */
      transactionRecordYears: z._default(z.int().check(z.minimum(1), z.maximum(30)), 10),
      /** What was entered to sign up by somebody who never signed in; the code that is mailed is good for a day. */
      unfinishedSignUpDays: z._default(z.int().check(z.minimum(2), z.maximum(90)), 7),
    }),
    { accessLogDays: 30, closedAccountDays: 30, transactionRecordYears: 10, unfinishedSignUpDays: 7 },
  ),
  /** Announcements that are mailed in a minute, at most: what SES sends in a second is shared with mail about accounts. */
  announcementMailsPerMinute: z._default(z.int().check(z.minimum(1), z.maximum(3000)), 300),
  /** Without it the panel answers at CloudFront's own addresses. */
  domain: z.optional(
    z.strictObject({
      site: hostName,
      console: hostName,
      /** For both names, in us-east-1. */
      certificateArn: z.string().check(z.regex(/^arn:aws:acm:us-east-1:\d{12}:certificate\/.+$/)),
      /** Has the records made; without it they are made by hand. */
      hostedZone: z.optional(z.strictObject({ id: z.string(), name: hostName })),
    }),
  ),
  /** Without it Cognito mails codes itself, 50 a day, and the panel sends nothing of its own. */
  mail: z.optional(
    z.strictObject({
      from: email,
      /** What is verified with SES: the whole domain by DNS records, or this one address by a click. */
      identity: z._default(z.enum(['domain', 'address']), 'domain'),
      /** Set once SES shows the identity as verified: Cognito refuses to mail from one that is not. */
      verified: z._default(z.boolean(), false),
    }),
  ),
  /** Hears of every alarm, after confirming the subscriptions that AWS mails. */
  alarmEmail: z.optional(email),
  /** A web application firewall in front of both addresses: about $10 a month. */
  waf: z._default(z.boolean(), false),
  /** Which of CloudFront's places serve: 100 is North America and Europe, 200 also Asia, the Middle East and Africa. */
  priceClass: z._default(z.enum(['100', '200', 'all']), '200'),
  /** A table restored from a recovery copy, which the panel uses in place of its own: see docs/deploy.md. */
  restoredTable: z.optional(
    z.strictObject({ name: z.string(), streamArn: z.string().check(z.regex(/^arn:aws:dynamodb:.+:table\/.+\/stream\/.+$/)) }),
  ),
  /** How long the functions' logs are kept. They hold nothing personal. */
  logDays: z._default(z.literal([7, 14, 30, 60, 90, 180, 365]), 90),
  /** How long the raw access-log files, which hold addresses, lie in their bucket. */
  accessLogFileDays: z._default(z.int().check(z.minimum(1), z.maximum(30)), 3),
  /** How long visits, pages and browsers are kept as counts by day: nobody can be seen in them. */
  trafficDays: z._default(z.int().check(z.minimum(30), z.maximum(1100)), 400),
})

export type Settings = z.output<typeof schema> & {
  /** Begins the name of every stack. */
  readonly stage: string
}

/** Reads a stage from the context in cdk.json. `-c stage=…` chooses among several; the first is meant without it. */
export function readSettings(stages: unknown, wanted?: unknown): Settings {
  const known = z.record(z.string().check(z.regex(/^[a-z][a-z0-9-]{0,19}$/)), z.unknown()).parse(stages)
  const stage = z.optional(z.string()).parse(wanted) ?? Object.keys(known)[0]
  if (stage === undefined || !(stage in known))
    throw new Error(`cdk.json has no stage ${stage}; it has: ${Object.keys(known).join(', ')}`)
  const settings = schema.parse(known[stage])
  if (settings.accessLogFileDays > settings.retention.accessLogDays)
    throw new Error(
      'accessLogFileDays: the raw files must not be kept for longer than what is read from them, retention.accessLogDays',
    )
  return { stage, ...settings }
}
