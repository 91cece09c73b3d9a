import './document.css'
import { Link } from '@tanstack/react-router'
import { useAnswer } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { useTitle } from '../../shared/title.ts'
import { useCatalogue } from '../catalogue.ts'
import { PublicFrame } from '../frame/public-frame.tsx'

/** Every version there was of the documents: all stay readable. */
export function VersionsPage() {
  const versions = useAnswer('GET /api/policy/versions', {})
  useTitle('Versions', useCatalogue().data?.panelName)
  return (
    <PublicFrame>
      <article className="legal">
        <h1>Versions of the terms and the policies</h1>
        {versions.error && !versions.data && (
          <FailureNotice failure={versions.error} title="The versions could not be read" retry={() => void versions.refetch()} />
        )}
        {versions.isPending && <Bones rows={3} />}
        {versions.data?.rows.length === 0 && <p className="soft">The first version is being published.</p>}
        <ol className="versions-list" reversed>
          {versions.data?.rows.map(({ version, publishedAt, hash }) => (
            <li key={version} className="card">
              <p>
                <strong>Version {version}</strong>, <Moment at={publishedAt} alone start />
              </p>
              <p className="row wrap">
                <Link to="/terms" search={{ version }}>
                  Terms
                </Link>
                <Link to="/privacy" search={{ version }}>
                  Privacy
                </Link>
                <Link to="/cookies" search={{ version }}>
                  Cookies
                </Link>
                <span className="faint small" title={hash}>
                  SHA-256 {hash.slice(0, 12)}…
                </span>
              </p>
            </li>
          ))}
        </ol>
      </article>
    </PublicFrame>
  )
}
