/** How often each thing of a group happened. */
export type Counts = Map<string, Map<string, number>>

/** What happened, and how often: a fault or a transition that never happens proves nothing. */
export class Tally {
  readonly #counts: Counts

  constructor(counts: Counts = new Map()) {
    this.#counts = counts
  }

  /** What another thread can be told. */
  get counts(): Counts {
    return this.#counts
  }

  count(group: string, what: string, times = 1): void {
    const counts = this.#counts.get(group) ?? new Map<string, number>()
    this.#counts.set(group, counts)
    counts.set(what, (counts.get(what) ?? 0) + times)
  }

  of(group: string): ReadonlyMap<string, number> {
    return this.#counts.get(group) ?? new Map()
  }

  add(other: Tally): void {
    for (const [group, counts] of other.#counts) for (const [what, times] of counts) this.count(group, what, times)
  }

  print(): string {
    return [...this.#counts]
      .filter(([group]) => !group.startsWith('met: '))
      .map(
        ([group, counts]) =>
          `${group}\n${[...counts]
            .sort()
            .map(([what, times]) => `  ${String(times).padStart(9)}  ${what}`)
            .join('\n')}`,
      )
      .join('\n')
  }
}
