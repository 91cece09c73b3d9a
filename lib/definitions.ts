import type { Grant, Need, Who } from '../core/need.ts'
import { authorizers, endpoints, poolTriggers, rawEndpoints, workers } from '../functions/index.ts'
import type { AnyEndpoint } from '../functions/kit/endpoint.ts'
import type { PoolTrigger } from '../functions/kit/pool-trigger.ts'
import type { AnyRawEndpoint } from '../functions/kit/raw.ts'
import type { Failing, Trigger } from '../functions/kit/worker.ts'

/** What every definition of the registry has in common: enough for a function, its role and its log group. */
export interface Definition {
  readonly name: string
  readonly summary: string
  readonly who?: Who<unknown>
  readonly uses: Readonly<Record<string, Need<unknown>>>
}

/** What runs without being called, and what sets it going. */
export interface WorkerDefinition<T extends Trigger = Trigger> extends Definition {
  readonly on: T
  readonly failing: Failing
  readonly timeoutSeconds: number
  readonly memoryMegabytes?: number
}

/** The registry, with the exact types of its parts erased. */
export const registry: {
  readonly endpoints: readonly AnyEndpoint[]
  readonly rawEndpoints: readonly AnyRawEndpoint[]
  readonly authorizers: readonly Definition[]
  readonly poolTriggers: readonly PoolTrigger[]
  readonly workers: readonly WorkerDefinition[]
} = { endpoints, rawEndpoints, authorizers, poolTriggers, workers }

/** Everything that becomes a Lambda function. */
export const definitions: readonly Definition[] = [...endpoints, ...rawEndpoints, ...authorizers, ...poolTriggers, ...workers]

/** `customer.place-order` → `customer-place-order`: the name where a dot may not stand. */
export const plainName = ({ name }: Pick<Definition, 'name'>): string => name.replace('.', '-')

/** The folder says who may call it. */
export const folderOf = ({ name }: Pick<Definition, 'name'>): string => name.slice(0, name.indexOf('.'))

/** Everything a function was promised: by what it uses, and by who may call it. */
export const grantsOf = ({ uses, who }: Definition): Grant[] => [
  ...(who?.allow ?? []),
  ...Object.values(uses).flatMap((need) => need.allow),
]
