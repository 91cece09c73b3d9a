import * as z from 'zod/mini'
import type { SellingRules } from '../core/catalogue/is-sold.ts'
import { type Money, parseMoney, zero } from '../core/money.ts'
import type { Need } from '../core/need.ts'
import type { PolicyFacts } from '../core/policy/document.ts'
import type { SupportRules } from '../core/tickets/late.ts'

/** What the operator decided when deploying. */
export interface Settings extends SellingRules, SupportRules, PolicyFacts {
  readonly panelName: string
  /** The one ledger currency, ISO 4217. It cannot be changed once money has moved. */
  readonly currency: string
  /** Sign-ups from one address, which a whole town may share, in an hour. */
  readonly signUpsPerHour: number
  /** What one member of staff may credit in a day (UTC); more than that a second one has to agree to. */
  readonly creditAlonePerDay: Money
  /** The host that exchange rates are asked of each day; undefined where they are of nobody. */
  readonly ratesSource: string | undefined
  /** For functions that mail: where the links in mails lead, and how many announcements go out in a minute. */
  readonly siteOrigin: string
  readonly announcementMailsPerMinute: number
  /** How long counts of the access log are kept, in which nobody can be seen. */
  readonly trafficDays: number
}

const operator = z.object({ name: z.string(), address: z.string(), email: z.string(), country: z.string() })
const retention = z.object({
  accessLogDays: z.int(),
  closedAccountDays: z.int(),
  transactionRecordYears: z.int(),
  unfinishedSignUpDays: z.int(),
})
const unset = { name: 'the operator of this panel', address: '', email: '', country: '' }
const usual = { accessLogDays: 30, closedAccountDays: 30, transactionRecordYears: 10, unfinishedSignUpDays: 7 }

export const settings = {
  allow: [],
  open: () => ({
    panelName: process.env['PANEL_NAME'] ?? 'Panel',
    currency: process.env['LEDGER_CURRENCY'] ?? 'USD',
    signUpsPerHour: Number(process.env['SIGN_UPS_PER_HOUR'] ?? 20),
    creditAlonePerDay: parseMoney(process.env['CREDIT_ALONE_PER_DAY'] ?? '') ?? zero,
    privacyRequestDays: Number(process.env['PRIVACY_REQUEST_DAYS'] ?? 30),
    answerHours: Number(process.env['ANSWER_HOURS'] ?? 24),
    trafficDays: Number(process.env['TRAFFIC_DAYS'] ?? 400),
    sellUnattested: process.env['SELL_UNATTESTED'] === 'true',
    ratesSource: URL.parse(process.env['RATES_URL'] ?? '')?.host,
    operator: jsonOf('OPERATOR', operator) ?? unset,
    retention: jsonOf('RETENTION', retention) ?? usual,
    siteOrigin: process.env['SITE_ORIGIN'] ?? '',
    announcementMailsPerMinute: Number(process.env['ANNOUNCEMENT_MAILS_PER_MINUTE'] ?? 300),
  }),
} satisfies Need<Settings>

function jsonOf<S extends z.core.$ZodType>(variable: string, schema: S): z.output<S> | undefined {
  const text = process.env[variable]
  return text === undefined ? undefined : z.parse(schema, JSON.parse(text))
}
