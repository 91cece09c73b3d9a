import { commentLines } from '../../../core/orders/comment-lines.ts'
import type { Answer } from '../../api.ts'
import { count } from '../../shared/amounts.ts'
import type { Service } from '../catalogue.ts'
import { checkLink, type LinkCheck } from './link-rule.ts'

/** What is typed into the order form. */
export interface Draft {
  readonly link: string
  readonly quantity: string
  readonly comments: string
  /** Empty where it is delivered at once. */
  readonly runs: string
  /** Minutes between two runs. */
  readonly interval: string
}

export const emptyDraft: Draft = { link: '', quantity: '', comments: '', runs: '', interval: '' }

/** What was typed for an order that is placed once more. The quantity of one in runs is that of a run. */
export const draftOf = ({ link = '', quantity, comments = '', runs, interval }: Bought): Draft => ({
  link,
  quantity: String(runs === undefined ? quantity : quantity / runs),
  comments,
  runs: runs === undefined ? '' : String(runs),
  interval: interval === undefined ? '' : String(interval),
})
type Bought = Pick<Answer<'GET /api/orders/{orderId}'>, 'link' | 'quantity' | 'comments' | 'runs' | 'interval'>

/** What a service asks for, as its form shows it. */
export const asks = ({ charged, takesComments, dripFeed }: Service) => ({
  quantity: charged === 'quantity',
  comments: takesComments,
  runs: dripFeed,
})

/** What is delivered and charged for, of one run where there are several: undefined while that cannot be said. */
export function quantityOf(service: Service, { quantity, comments }: Draft): number | undefined {
  if (service.charged === 'one package') return 1
  if (service.charged === 'lines of comments') return commentLines(comments).length || undefined
  return /^\d{1,10}$/.test(quantity) ? Number(quantity) : undefined
}

export interface Problems {
  readonly link: LinkCheck
  readonly quantity: string | undefined
  readonly comments: string | undefined
  readonly runs: string | undefined
  readonly interval: string | undefined
}

/** Everything that stands between a draft and an order, by field. */
export function problemsOf(service: Service, draft: Draft): Problems {
  const asked = asks(service)
  return {
    link: checkLink(draft.link),
    quantity: asked.quantity ? quantityProblem(service, draft) : undefined,
    comments: asked.comments ? commentsProblem(service, draft) : undefined,
    runs: isInRuns(service, draft) ? runsProblem(draft) : undefined,
    interval: isInRuns(service, draft) ? intervalProblem(draft) : undefined,
  }
}

export const isComplete = ({ link, quantity, comments, runs, interval }: Problems): boolean =>
  !link.problem && !quantity && !comments && !runs && !interval

function quantityProblem({ min, max }: Service, { quantity }: Draft): string | undefined {
  if (quantity === '') return `Say how many: ${count(min)} to ${count(max)}.`
  const number = Number(quantity)
  if (number < min) return `The smallest order of this service is ${count(min)}.`
  return number > max ? `The largest order of this service is ${count(max)}.` : undefined
}

/** Whether several runs are wanted, or about to be. */
const isInRuns = (service: Service, { runs, interval }: Draft): boolean => asks(service).runs && (runs !== '' || interval !== '')

function runsProblem({ runs }: Draft): string | undefined {
  if (runs === '') return 'Say how many runs: 2 to 1,000.'
  return Number(runs) > 1_000 ? 'There are 1,000 runs at most.' : undefined
}

const halfYearMinutes = 180 * 1_440

function intervalProblem({ runs, interval }: Draft): string | undefined {
  if (Number(runs) < 2 && runs !== '') return undefined
  if (interval === '' || Number(interval) < 1) return 'Say how many minutes lie between two runs.'
  if (Number(interval) > 10_080) return 'A week lies between two runs at most: 10,080 minutes.'
  return (Number(runs) - 1) * Number(interval) > halfYearMinutes
    ? 'All runs begin within half a year: take fewer, or a shorter interval.'
    : undefined
}

const largestComments = 250_000

function commentsProblem({ charged, min, max }: Service, { comments }: Draft): string | undefined {
  const lines = commentLines(comments)
  if (lines.length === 0) return 'Write at least one comment, one per line.'
  if (new TextEncoder().encode(lines.join('\n')).length > largestComments) return 'These comments are longer than 250 KB.'
  if (charged !== 'lines of comments') return undefined
  if (lines.length < min) return `The smallest order of this service is ${count(min)} lines.`
  return lines.length > max ? `The largest order of this service is ${count(max)} lines.` : undefined
}

/** The body of an order or a quote. */
export const bodyOf = (service: Service, { link, comments, runs, interval }: Draft, quantity: number | undefined) => ({
  serviceId: service.serviceId,
  link: link.trim(),
  ...(asks(service).quantity && quantity !== undefined ? { quantity } : {}),
  ...(asks(service).comments ? { comments: commentLines(comments).join('\n') } : {}),
  ...(asks(service).runs && Number(runs) > 1 ? { runs: Number(runs), interval: Number(interval) } : {}),
})
export type OrderBody = ReturnType<typeof bodyOf>

const round = [5, 10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000, 100_000, 500_000]

/** The smallest quantity and the next round ones, to be taken with one click. */
export const steps = ({ min, max }: Service): number[] => [min, ...round.filter((step) => step > min && step < max).slice(0, 3)]
