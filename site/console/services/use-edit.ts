import { use, useState } from 'react'
import type { Answer } from '../../api.ts'
import { type Failure, failureFrom } from '../../failure.ts'
import { CallContext } from '../../shared/answers.ts'
import { kept } from '../../shared/storage.ts'
import type { Change } from './bulk-change.ts'

export type Preview = Answer<'POST /api/admin/services/preview'>

/** An edit of many services, under the name that makes it happen once however often it is sent. */
export interface PlannedEdit {
  readonly editId: string
  readonly ids: readonly number[]
  readonly change: Change
  readonly memo: string
}

export type EditPhase =
  | { readonly phase: 'choosing' }
  | { readonly phase: 'looking'; readonly edit: PlannedEdit }
  | { readonly phase: 'seen'; readonly edit: PlannedEdit; readonly preview: Preview }
  | { readonly phase: 'applying'; readonly edit: PlannedEdit; readonly preview: Preview; readonly done: number }
  /** Some part was not taken: what was done before it stays done, and the edit can be looked at anew and go on. */
  | { readonly phase: 'stopped'; readonly edit: PlannedEdit; readonly failure: Failure; readonly done: number }
  | { readonly phase: 'done'; readonly done: number; readonly left: number }

const place = 'unfinished edit of services'

/** Looks first, then applies what was seen, part by part. An edit that stopped is remembered over a reload. */
export function useEdit(changed: () => void) {
  const call = use(CallContext)
  const [state, setState] = useState<EditPhase>({ phase: 'choosing' })

  const look = async (edit: PlannedEdit): Promise<void> => {
    setState({ phase: 'looking', edit })
    try {
      const { editId, ids, change } = edit
      const preview = await call('POST /api/admin/services/preview', { body: { editId, select: { ids: [...ids] }, change } })
      setState({ phase: 'seen', edit, preview })
    } catch (thrown) {
      setState({ phase: 'stopped', edit, failure: failureFrom(thrown), done: 0 })
    }
  }

  const apply = async (edit: PlannedEdit, preview: Preview): Promise<void> => {
    kept.set(place, JSON.stringify(edit))
    let done = 0
    setState({ phase: 'applying', edit, preview, done })
    const { editId, change, memo } = edit
    for (const part of preview.parts) {
      try {
        const body = { editId, change, ...part, ...(memo.trim() === '' ? {} : { memo }) }
        done += (await call('POST /api/admin/services/edits', { body })).done
        setState({ phase: 'applying', edit, preview, done })
      } catch (thrown) {
        changed()
        setState({ phase: 'stopped', edit, failure: failureFrom(thrown), done })
        return
      }
    }
    forgetUnfinished()
    changed()
    setState({ phase: 'done', done: done + preview.done, left: preview.refused.length })
  }

  return { state, look, apply, again: () => setState({ phase: 'choosing' }) }
}

/** The edit that was under way when the page was left, if any. */
export function unfinished(): PlannedEdit | undefined {
  try {
    const edit = JSON.parse(kept.get(place) ?? 'null') as PlannedEdit | null
    return edit && typeof edit.editId === 'string' && Array.isArray(edit.ids) ? edit : undefined
  } catch {
    return undefined
  }
}

export const forgetUnfinished = (): void => kept.remove(place)
