import type { Opened } from '../../core/need.ts'
import type { Uses } from './endpoint.ts'

/** Opens what a function uses, once an instance, at its first event: a module is inert while it loads. */
export function opened<U extends Uses>(uses: U): () => Opened<U> {
  let open: Opened<U> | undefined
  return () => {
    open ??= Object.fromEntries(Object.entries(uses).map(([name, need]) => [name, need.open()])) as Opened<U>
    return open
  }
}
