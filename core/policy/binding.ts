/** A version that customers have to have accepted before they order, from a moment on. */
export interface Binding {
  readonly version: number
  readonly from: Date
}

/** The least version that has to have been accepted at a moment; undefined while none has to. */
export function bindingAt(bindings: readonly Binding[], at: Date): number | undefined {
  const inForce = bindings.filter(({ from }) => from <= at).map(({ version }) => version)
  return inForce.length > 0 ? Math.max(...inForce) : undefined
}

/** The next that somebody who accepted `accepted` has to accept, in force already or soon. */
export const nextBinding = (bindings: readonly Binding[], accepted: number): Binding | undefined =>
  bindings
    .filter(({ version }) => version > accepted)
    .toSorted((one, other) => one.from.getTime() - other.from.getTime())
    .at(0)

/** With one more: what it makes superfluous is dropped, so that there are never more than a few. */
export function withBinding(bindings: readonly Binding[], added: Binding, now: Date): Binding[] {
  const inForce = bindingAt([...bindings, added], now) ?? 0
  return [...bindings.filter(({ version }) => version !== added.version), added]
    .filter(({ version }) => version >= inForce)
    .toSorted((one, other) => one.version - other.version)
}
