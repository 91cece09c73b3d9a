import './page.css'
import '../../shared/table.css'
import { Link } from '@tanstack/react-router'
import { count } from '../../shared/amounts.ts'
import { usePages } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { MoreButton } from '../../shared/more-button.tsx'
import { Notice } from '../../shared/notice.tsx'
import { useTitle } from '../../shared/title.ts'
import { useProviders } from '../orders/use-providers.ts'
import { type Task, TaskProgress } from './task-progress.tsx'
import { failureWords, noteWords, reasonWords, taskWords } from './task-words.ts'
import { useTask } from './use-task.ts'

/** One import (or re-pricing, or deletion): how far it is, and everything it has to tell. */
export function TaskPage({ providerId, taskId }: { readonly providerId: string; readonly taskId: string }) {
  const { data: task, error, refetch, over } = useTask(providerId, taskId)
  const provider = useProviders().nameOf(providerId)
  const title = task ? taskWords[task.kind] : 'Import'
  useTitle(title, 'Console')
  if (error && !task) return <FailureNotice failure={error} title="It could not be followed" retry={() => void refetch()} />
  if (!task)
    return (
      <div className="card">
        <Bones rows={3} />
      </div>
    )
  return (
    <>
      <div className="page-head">
        <h1>{title}</h1>
        <Link to="/providers/$providerId" params={{ providerId }} className="push">
          {provider ?? 'Provider'}
        </Link>
      </div>
      <section className="card provider-card" aria-label="Progress">
        {task.state === 'failed' && (
          <Notice tone="bad" title={`${title} failed`}>
            {task.failure ? failureWords[task.failure] : 'Nothing was changed.'}
          </Notice>
        )}
        {task.state === 'done' && <Result task={task} providerId={providerId} />}
        {!over && (
          <>
            <TaskProgress task={task} />
            <p className="faint small">
              You can leave this page: it goes on, also when a machine fails in between, and its result stays for ninety days.
            </p>
          </>
        )}
        <Figures task={task} />
      </section>
      {over && <Notes providerId={providerId} taskId={taskId} />}
    </>
  )
}

function Result({ task, providerId }: { readonly task: Task; readonly providerId: string }) {
  const { added, changed, paused } = task.progress
  return (
    <Notice
      tone={paused > 0 ? 'warn' : 'good'}
      title={
        task.kind === 'import'
          ? `${count(added)} new, ${count(changed)} brought up to date`
          : `${count(changed)} services brought up to date`
      }
      {...(paused > 0
        ? {
            actions: (
              <Link to="/providers/$providerId/paused" params={{ providerId }}>
                Look at what waits for you
              </Link>
            ),
          }
        : {})}
    >
      {paused > 0
        ? `${count(paused)} were taken out of sale and wait for you.`
        : task.kind === 'close'
          ? 'They are out of sale.'
          : 'What may be sold is on sale within seconds.'}
    </Notice>
  )
}

function Figures({ task: { progress } }: { readonly task: Task }) {
  const figures: readonly (readonly [string, number])[] = [
    ['New', progress.added],
    ['Changed', progress.changed],
    ['Paused', progress.paused],
    ['Gone upstream', progress.gone],
    ['Left out', progress.left],
  ]
  return (
    <dl className="task-figures">
      {figures.map(([name, number]) => (
        <div key={name}>
          <dt className="faint tiny">{name}</dt>
          <dd className="tabular">{count(number)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Every row and service there is something to tell of, page by page. */
function Notes({ providerId, taskId }: { readonly providerId: string; readonly taskId: string }) {
  const list = usePages('GET /api/admin/providers/{providerId}/tasks/{taskId}/notes', { path: { providerId, taskId } })
  if (list.failure && !list.rows)
    return <FailureNotice failure={list.failure} title="The rows could not be read" retry={list.retry} />
  if (!list.rows || (list.rows.length === 0 && !list.more)) return null
  return (
    <section className="card card-after" aria-label="Rows and reasons">
      <div className="card-head">
        <h2>Rows and reasons</h2>
      </div>
      <ul className="note-list">
        {list.rows.map(({ row, name, serviceId, what, why }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a provider may name two rows alike
          <li key={`${row} ${index}`}>
            <span className="note-row tabular faint">{row}</span>
            <span className="note-name">
              {name || 'Without a name'}
              {serviceId !== undefined && <span className="faint tabular"> · ours {serviceId}</span>}
            </span>
            <span className="note-what soft">
              {noteWords[what]}
              {why && `: ${reasonWords(why)}`}
            </span>
          </li>
        ))}
      </ul>
      <MoreButton more={list.more} busy={list.isGettingMore} words="Show more" />
    </section>
  )
}
