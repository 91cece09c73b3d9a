import '../../shared/progress.css'
import type { Answer } from '../../api.ts'
import { count } from '../../shared/amounts.ts'

export type Task = Answer<'GET /api/admin/providers/{providerId}/tasks/{taskId}'>

/** How far a task is among services and rows. */
export function TaskProgress({ task }: { readonly task: Task }) {
  const { steps, at } = task.progress
  const says = task.state === 'waiting' || steps === 0 ? 'Asking the provider…' : `${count(at)} of ${count(steps)} rows`
  return (
    <div className="stack-tight" aria-live="polite">
      <p className="tabular">{says}</p>
      <div
        className="progress"
        data-tone="moving"
        role="progressbar"
        aria-label="Progress"
        aria-valuemin={0}
        aria-valuemax={steps || 1}
        aria-valuenow={at}
      >
        <span style={{ inlineSize: `${steps ? (at / steps) * 100 : 0}%` }} />
      </div>
    </div>
  )
}
