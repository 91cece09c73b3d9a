import { inject } from 'vitest'
import type { Browser } from '../../local/demo/browser.ts'
import { sandboxKey } from '../../local/provider/protocol.ts'
import { cutOff as cutOffIn, databaseOf } from '../fixtures/busy.ts'
import { at, must, until } from './people.ts'

/** Says which catalogue and balance an account with the sandbox provider has. */
export async function account(name: string, wish: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const reply = await fetch(`${at.control}/account`, { method: 'POST', body: JSON.stringify({ account: name, ...wish }) })
  if (!reply.ok) throw new Error(`the sandbox provider does not know such an account: ${await reply.text()}`)
}

/** A provider of the panel's that is an account of its own with the sandbox provider. */
export async function newProvider(
  staff: Browser,
  name: string,
  wish: Readonly<Record<string, unknown>> = {},
  apiKey = `${sandboxKey}:${name}`,
): Promise<string> {
  await account(name, wish)
  const url = inject('panel').at.provider
  const { providerId } = await must(staff.call('POST', '/api/admin/providers', { name, url, apiKey }), 'the provider')
  return String(providerId)
}

export interface Task {
  readonly taskId: string
  readonly kind: string
  readonly state: 'waiting' | 'running' | 'done' | 'failed'
  readonly progress: Readonly<Record<'steps' | 'at' | 'added' | 'changed' | 'paused' | 'gone' | 'left', number>>
}

export const taskDone = (staff: Browser, provider: string, task: string, seconds?: number): Promise<Task> =>
  until(
    async () => {
      const { body } = await staff.call('GET', `/api/admin/providers/${provider}/tasks/${task}`)
      return body['state'] === 'done' || body['state'] === 'failed' ? (body as unknown as Task) : undefined
    },
    'the task',
    seconds,
  )

/** Fetches the provider's catalogue, and answers what names this state of it. */
export async function fetched(staff: Browser, provider: string): Promise<string> {
  const { taskId } = await must(staff.call('POST', `/api/admin/providers/${provider}/offer`), 'fetching')
  await taskDone(staff, provider, String(taskId))
  return String(taskId)
}

export interface Note {
  readonly row: string
  readonly name: string
  readonly serviceId?: number
  readonly what: string
  readonly why?: string
}

export async function notesOf(staff: Browser, provider: string, task: string): Promise<Note[]> {
  const notes: Note[] = []
  let cursor: unknown
  do {
    const query = cursor ? `?cursor=${cursor}` : ''
    const { body } = await staff.call('GET', `/api/admin/providers/${provider}/tasks/${task}/notes${query}`)
    notes.push(...(body['rows'] as Note[]))
    cursor = body['cursor']
  } while (cursor)
  return notes
}

/** Cuts off whoever has the provider in hand, as if its machine had died a minute ago. */
export const cutOff = (provider: string): Promise<void> => cutOffIn(provider, databaseOf(inject('panel').ports.database))
