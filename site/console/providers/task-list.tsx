import '../../shared/table.css'
import '../../shared/state-badge.css'
import { Link } from '@tanstack/react-router'
import { Moment } from '../../shared/moment.tsx'
import type { Provider } from './connection-card.tsx'
import { outcomeWords, taskWords } from './task-words.ts'

const states = {
  waiting: { tone: 'soft', says: 'Waiting' },
  running: { tone: 'moving', says: 'Running' },
  done: { tone: 'good', says: 'Done' },
  failed: { tone: 'bad', says: 'Failed' },
} as const

/** What was done with a provider lately. */
export function TaskList({ provider }: { readonly provider: Provider }) {
  const tasks = provider.tasks.filter(({ kind }) => kind !== 'test' && kind !== 'offer')
  if (tasks.length === 0) return null
  return (
    <section className="card card-after" aria-label="Imports and syncs">
      <div className="card-head">
        <h2>Imports and syncs</h2>
      </div>
      <ul className="task-list">
        {tasks.map((task) => (
          <li key={task.taskId}>
            <Link
              to="/providers/$providerId/tasks/$taskId"
              params={{ providerId: provider.providerId, taskId: task.taskId }}
              className="number-link"
            >
              {taskWords[task.kind]}
            </Link>
            <span className="state" data-tone={states[task.state].tone}>
              {states[task.state].says}
            </span>
            <span className="soft small tabular task-outcome">{outcomeWords(task)}</span>
            <span className="faint small push">
              <Moment at={task.startedAt} alone />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
