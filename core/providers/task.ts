/**
 * What staff have a worker do with a provider: `test` the line, fetch its `offer`, `import` of it, `recost` what was
 * imported after the exchange rate changed, `close` it down. A `sync` brings what we have of it up to date, by the clock too.
 */
export const taskKinds = ['test', 'offer', 'import', 'sync', 'recost', 'close'] as const
export type TaskKind = (typeof taskKinds)[number]

export const taskStates = ['waiting', 'running', 'done', 'failed'] as const
export type TaskState = (typeof taskStates)[number]

/** Why a task failed. */
export const taskFailures = ['no-usable-answer', 'no-offer', 'gave-up', 'overtaken'] as const
export type TaskFailure = (typeof taskFailures)[number]

/** What a pass over services and rows tells of one of them. */
export const noteKinds = ['left', 'paused', 'gone', 'below-cost', 'renamed', 'back'] as const
export type NoteKind = (typeof noteKinds)[number]
