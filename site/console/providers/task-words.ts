import type { NoteKind, TaskFailure, TaskKind } from '../../../core/providers/task.ts'
import { count } from '../../shared/amounts.ts'

export const taskWords: Readonly<Record<TaskKind, string>> = {
  test: 'Test',
  offer: 'Fetch of the catalogue',
  import: 'Import',
  sync: 'Price sync',
  recost: 'New exchange rate',
  close: 'Deletion',
}

export const failureWords: Readonly<Record<TaskFailure, string>> = {
  'no-usable-answer': 'The provider gave no usable answer. What was on sale before stays as it was.',
  'no-offer': 'The catalogue that was looked at was fetched anew meanwhile. Nothing was imported; choose again from the new one.',
  'gave-up': 'It was begun several times and got nowhere. The panel’s log has the cause.',
  overtaken: 'Another task took the provider over before this one went on.',
}

export const noteWords: Readonly<Record<NoteKind, string>> = {
  left: 'Left out',
  paused: 'Paused for you',
  gone: 'Gone upstream',
  'below-cost': 'Below its cost',
  renamed: 'Renamed upstream',
  back: 'Back on sale',
}

export const pauseWords = {
  'price-jump': 'its cost moved by more than is allowed at once',
  gone: 'no longer offered',
  'type-changed': 'has become another type',
  'meaning-changed': 'has another name and category',
  'provider-deleted': 'its provider is deleted',
} as const

const isPause = (why: string): why is keyof typeof pauseWords => why in pauseWords
/** A reason as the server tells it: its own sentence, or one of the panel's codes. */
export const reasonWords = (why: string): string => (isPause(why) ? pauseWords[why] : why)

export const intervalWords = { 0: 'Never', 1: 'Every hour', 6: 'Every 6 hours', 24: 'Once a day' } as const

interface Counted {
  readonly progress: Readonly<Record<'added' | 'changed' | 'paused' | 'gone' | 'left', number>>
}

/** What a task did, in counts. */
export function outcomeWords({ progress: { added, changed, paused, gone, left } }: Counted): string {
  const parts: readonly (readonly [number, string])[] = [
    [added, 'new'],
    [changed, 'changed'],
    [paused, 'paused'],
    [gone, 'gone'],
    [left, 'left out'],
  ]
  const told = parts.flatMap(([number, word]) => (number > 0 ? [`${count(number)} ${word}`] : []))
  return told.length > 0 ? told.join(' · ') : 'nothing changed'
}
