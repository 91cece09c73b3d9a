import type { Opened } from '../../core/need.ts'
import { daysToCompare, followed, isAskedSince, isStale, type RateOfDay } from '../../core/rates/daily-rate.ts'
import { readReferenceRates } from '../../core/rates/reference-rates.ts'
import { followRates, type HeldRate, readHeldRates } from '../../data/daily-rates.ts'
import { type AskFinding, type DaysRates, keepExchangeRates, readExchangeRates } from '../../data/exchange-rates.ts'
import { type Provider, readProviders } from '../../data/providers.ts'
import { settings } from '../../data/settings.ts'
import { askRates } from '../../outside/rates/ask-rates.ts'
import { measure } from '../kit/measure.ts'
import { workSchedule } from '../kit/work.ts'
import { scheduleWorker } from '../kit/worker.ts'

const uses = {
  source: askRates,
  known: readExchangeRates,
  keeping: keepExchangeRates,
  providers: readProviders,
  held: readHeldRates,
  following: followRates,
  settings,
}
type Uses = Opened<typeof uses>

export const fetchRates = scheduleWorker({
  name: 'workers.fetch-rates',
  summary: 'Once a day, asks what currencies are worth, each hour until it is told; what follows the daily rate is priced anew',
  on: { kind: 'schedule', every: 'hour' },
  failing: { hurts: 'costs at providers of another currency are reckoned with the rate of an earlier day', runbook: 'rates-stale' },
  timeoutSeconds: 120,
  uses,

  async run({ uses, now }) {
    const asked = await uses.known.asked()
    if (!isAskedSince(asked?.goodAt, now)) await ask(asked?.goodAt, uses, now)
    const following = (await uses.providers.all()).filter(({ rateDay, status }) => rateDay !== undefined && status !== 'closing')
    const [latest, ...past] = following.length > 0 ? await uses.known.latest(daysToCompare) : []
    const held = following.length > 0 ? await uses.held.all() : new Map<Provider['providerId'], HeldRate>()
    // Each hour, whether or not there was something new: one may have been busy, or not have followed it yet.
    if (latest)
      for (const provider of following) await follow(provider, { latest, past, held: held.get(provider.providerId) }, uses, now)
    const after = following.length > 0 ? await uses.providers.all() : []
    measure('StaleRates', after.filter(({ rateDay, status }) => status !== 'closing' && rateDay && isStale(rateDay, now)).length)
  },
})

async function ask(goodAt: Date | undefined, uses: Uses, now: Date): Promise<void> {
  const answer = await uses.source.ask()
  if (!answer) return
  const finding = answer.kind === 'no-answer' ? answer.why : await heard(answer, uses, now)
  const isGood = finding === 'new' || finding === 'same' || finding === 'older'
  await uses.keeping.note({ askedAt: now, finding, goodAt: isGood ? now : goodAt })
}

/** Nothing of an answer is kept but the rates of a day that is no earlier than what is known. */
async function heard({ body, source }: { body: string; source: string }, uses: Uses, now: Date): Promise<AskFinding> {
  const rates = readReferenceRates(body, now)
  if (!rates) return 'unreadable'
  const [latest] = await uses.known.latest(1)
  if (latest && rates.day < latest.day) return 'older'
  if (latest && rates.day === latest.day && isAlike(rates.perEuro, latest.perEuro)) return 'same'
  await uses.keeping.keep({ ...rates, source, takenAt: now })
  return 'new'
}

const isAlike = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean =>
  one.size === other.size && [...one].every(([currency, rate]) => other.get(currency) === rate)

interface Known {
  readonly latest: DaysRates
  readonly past: readonly DaysRates[]
  readonly held: HeldRate | undefined
}

async function follow(provider: Provider, { latest, past, held }: Known, uses: Uses, now: Date): Promise<void> {
  const { currency = uses.settings.currency, exchange, rateDay: day = '', agreed } = provider
  const next = followed({ currency, exchange, day, agreed }, uses.settings.currency, latest, past)
  switch (next.so) {
    case 'as-it-is':
      return
    case 'confirmed':
      return uses.following.confirm(provider, next.day)
    case 'moved':
      await uses.following.apply(provider, next.exchange, next.day, now)
      return
    case 'leapt':
    case 'crept':
      return holdOnce(provider, next, held, uses, now)
  }
}

/** Once a day's rate, and in place of an earlier day's: what staff left is not asked again before there is another. */
async function holdOnce(
  provider: Provider,
  next: RateOfDay & Pick<HeldRate, 'since'>,
  held: HeldRate | undefined,
  uses: Uses,
  now: Date,
): Promise<void> {
  const isKnown = held?.day === next.day && held.exchange === next.exchange && held.from === provider.exchange
  if (!isKnown) await uses.following.hold(provider, next, held?.at ?? now)
}

export const handler = workSchedule(fetchRates)
