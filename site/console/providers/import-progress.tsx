import '../../shared/progress.css'
import { count } from '../../shared/amounts.ts'
import { useAnswer } from '../../shared/answers.ts'
import { Bone } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Notice } from '../../shared/notice.tsx'

/** How far an import is, and which rows it had to leave. */
export function ImportProgress({ providerId, importId }: { readonly providerId: string; readonly importId: string }) {
  const { data, error, refetch } = useAnswer(
    'GET /api/admin/providers/{providerId}/tasks/{taskId}',
    { path: { providerId, taskId: importId } },
    { every: (known) => (known && (known.state === 'done' || known.state === 'failed') ? false : 1_000) },
  )
  if (error && !data) return <FailureNotice failure={error} title="The import could not be followed" retry={() => void refetch()} />
  if (!data) return <Bone width="100%" height={40} />
  const { state, progress } = data
  const { steps: rows, at: taken } = progress
  if (state === 'failed')
    return (
      <Notice tone="bad" title="The import failed">
        The provider gave no usable answer. What was on sale before stays as it was.
      </Notice>
    )
  return (
    <div className="stack-tight" aria-live="polite">
      {state === 'done' ? (
        <Notice tone="good" title={`${count(taken)} of ${count(rows)} services taken over`}>
          They are on sale within seconds.
        </Notice>
      ) : (
        <>
          <p className="tabular">{state === 'waiting' ? 'Asking the provider…' : `${count(taken)} of ${count(rows)} taken over`}</p>
          <div
            className="progress"
            data-tone="moving"
            role="progressbar"
            aria-label="Import"
            aria-valuemin={0}
            aria-valuemax={rows || 1}
            aria-valuenow={taken}
          >
            <span style={{ inlineSize: `${rows ? (taken / rows) * 100 : 0}%` }} />
          </div>
        </>
      )}
    </div>
  )
}
