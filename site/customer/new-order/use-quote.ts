import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Answer } from '../../api.ts'
import type { Failure } from '../../failure.ts'
import { keyOf } from '../../shared/answers.ts'
import { type Service, useWantedLink } from '../catalogue.ts'
import { call } from '../panel.ts'
import { bodyOf, type Draft, isComplete, problemsOf, quantityOf } from './draft.ts'
import { checkLink } from './link-rule.ts'

export type Quote = Answer<'POST /api/quotes'>

/** The price does not depend on the link: while there is none yet, one that passes stands in for it. */
const standIn = 'https://www.iana.org/'

const pauseMilliseconds = 220

/** The server's price of a draft, asked for a moment after the last keystroke. */
export function useQuote(service: Service, draft: Draft) {
  const wanted = useWantedLink(service)
  const problems = problemsOf(service, draft)
  const priced = isComplete({ ...problems, link: checkLink(standIn) })
  const body = priced
    ? bodyOf(service, problems.link.problem ? { ...draft, link: wanted?.example ?? standIn } : draft, quantityOf(service, draft))
    : undefined
  const [settled] = useDebouncedValue(body === undefined ? undefined : JSON.stringify(body), pauseMilliseconds)
  const current = body && JSON.stringify(body) === settled ? body : undefined
  const query = useQuery<Quote, Failure>({
    queryKey: keyOf('POST /api/quotes', { settled }),
    queryFn: ({ signal }) => call('POST /api/quotes', { body: JSON.parse(settled ?? ''), signal }),
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  const fresh = current !== undefined && !query.isPlaceholderData
  return {
    /** The price of what is in the form now; undefined until the server has said it. */
    quote: fresh ? query.data : undefined,
    /** The last price there was, for the eye, while the next is on its way. */
    last: priced ? query.data : undefined,
    failure: fresh ? (query.error ?? undefined) : undefined,
  }
}
