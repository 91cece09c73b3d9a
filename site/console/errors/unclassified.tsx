import { Link } from '@tanstack/react-router'
import { count } from '../../shared/amounts.ts'
import { useAnswer } from '../../shared/answers.ts'
import { Notice } from '../../shared/notice.tsx'

/** That errors of providers wait for somebody to say what they mean. Nothing where none does. */
export function UnclassifiedErrors() {
  const { data } = useAnswer('GET /api/admin/error-text-count', {}, { every: () => 30_000 })
  const open = data?.open ?? 0
  if (open === 0) return null
  return (
    <Notice
      tone="warn"
      live={false}
      title={
        open === 1
          ? 'A provider said something nobody has classified'
          : `Providers said ${count(open)} things nobody has classified`
      }
      actions={<Link to="/errors">Say what it means</Link>}
    >
      Orders that were answered so wait for you. Once it is said what it means, no other order does.
    </Notice>
  )
}
