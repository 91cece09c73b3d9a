import { Link } from '@tanstack/react-router'
import { useAnswer } from '../../shared/answers.ts'
import { Moment } from '../../shared/moment.tsx'

/** Which versions were accepted, and when. */
export function Accepted() {
  const { data } = useAnswer('GET /api/me/policy', {})
  if (!data || data.accepted.length === 0) return null
  return (
    <ul className="soft small" aria-label="Accepted versions">
      {data.accepted.map(({ version, at }) => (
        <li key={version}>
          <Link to="/terms" search={{ version }}>
            Version {version}
          </Link>
          , accepted <Moment at={at} alone start />
        </li>
      ))}
    </ul>
  )
}
