import {
  type InfiniteData,
  keepPreviousData,
  MutationCache,
  QueryCache,
  QueryClient,
  type QueryKey,
  useInfiniteQuery,
  useMutation,
  useQuery,
} from '@tanstack/react-query'
import { createContext, use } from 'react'
import type { Answer, Args, Asked, Call, Route } from '../api.ts'
import { type Failure, failureFrom } from '../failure.ts'

type Reading = Extract<Route, `GET ${string}`>
type Changing = Exclude<Route, Reading>
/** Lists that are read a page at a time. */
type Paged = { [R in Route]: 'cursor' extends keyof Answer<R> ? R : never }[Route]
type RowOf<R extends Paged> = Answer<R> extends { rows: (infer Row)[] } ? Row : never

interface Freshness<T> {
  readonly enabled?: boolean
  readonly staleMilliseconds?: number
  /** While it is looked at, asked again this often; false for never. */
  readonly every?: (data: T | undefined) => number | false
}

/** Every answer is kept under its route and what was asked. */
export const keyOf = (route: Route, asked: object = {}): QueryKey => [route, asked]

/** The client that pages speak through: the site's or the console's. */
export const CallContext = createContext<Call>(() => Promise.reject(new Error('no client')))

/** One answer, kept and shared. */
export function useAnswer<R extends Reading>(
  route: R,
  asked: Asked<R>,
  { enabled = true, staleMilliseconds, every }: Freshness<Answer<R>> = {},
) {
  const call = use(CallContext)
  return useQuery<Answer<R>, Failure>({
    queryKey: keyOf(route, asked),
    queryFn: ({ signal }) => call(route, ...([{ ...asked, signal }] as unknown as Args<R>)),
    enabled,
    ...(staleMilliseconds === undefined ? {} : { staleTime: staleMilliseconds }),
    ...(every ? { refetchInterval: (query) => every(query.state.data) } : {}),
  })
}

/** A list that is read a page at a time. */
export function usePages<R extends Paged>(
  route: R,
  asked: Asked<R>,
  { enabled = true, staleMilliseconds, every }: Freshness<readonly RowOf<R>[]> = {},
) {
  type Page = { readonly rows: readonly RowOf<R>[]; readonly cursor?: string }
  const call = use(CallContext)
  const query = useInfiniteQuery<Page, Failure, InfiniteData<Page>, QueryKey, string | undefined>({
    queryKey: keyOf(route, asked),
    queryFn: async ({ signal, pageParam }) => {
      const wanted = { ...asked, query: { ...('query' in asked ? (asked.query as object) : {}), cursor: pageParam }, signal }
      return (await call(route, ...([wanted] as unknown as Args<R>))) as Page
    },
    initialPageParam: undefined,
    getNextPageParam: (page) => page.cursor,
    placeholderData: keepPreviousData,
    enabled,
    ...(staleMilliseconds === undefined ? {} : { staleTime: staleMilliseconds }),
    ...(every ? { refetchInterval: (asking) => every(asking.state.data?.pages.flatMap(({ rows }) => rows)) } : {}),
  })
  return {
    rows: query.data?.pages.flatMap(({ rows }) => rows),
    /** The rows of another list stand in until the wanted ones are there. */
    isOther: query.isPlaceholderData,
    failure: query.error ?? undefined,
    retry: () => void query.refetch(),
    isAsking: query.isFetching,
    more: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
    isGettingMore: query.isFetchingNextPage,
  }
}

/** A change. `then` runs when it was carried out. */
export function useChange<R extends Changing>(route: R, then?: (answer: Answer<R>, asked: Asked<R>) => unknown) {
  const call = use(CallContext)
  return useMutation<Answer<R>, Failure, Asked<R>>({
    mutationFn: (asked) => call(route, ...([asked] as unknown as Args<R>)),
    ...(then ? { onSuccess: (answer, asked) => then(answer, asked) } : {}),
  })
}

/** Where answers are kept. `sessionOver` is told when a call found nobody signed in, `suspended` when the account is no more what it was. */
export function answerStore(sessionOver: () => void, suspended?: (answers: QueryClient) => void): QueryClient {
  const onError = (error: Error): void => {
    const failure = failureFrom(error)
    if (failure.sessionIsOver) sessionOver()
    if (failure.code === 'account-suspended') suspended?.(answers)
  }
  const answers = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // Offline is an answer too: a call is made, fails and says so, instead of waiting in silence and being sent hours later.
      queries: {
        networkMode: 'always',
        staleTime: 5_000,
        retry: (failures, error) => failures < 1 && failureFrom(error).code === 'fault',
        refetchOnReconnect: true,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
  return answers
}
