import './page.css'
import { Button } from '@mantine/core'
import { IconSpeakerphone } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useAnswer } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { useTitle } from '../../shared/title.ts'
import { useCatalogue } from '../catalogue.ts'
import { useMarkRead } from './use-mark-read.ts'

/** What the people who run the panel tell, and told before. */
export function NewsPage() {
  const news = useAnswer('GET /api/announcements', {})
  const mark = useMarkRead()
  useTitle('News', useCatalogue().data?.panelName)
  return (
    <div className="news">
      <div className="page-head">
        <h1>News</h1>
      </div>
      {news.error && !news.data && (
        <FailureNotice failure={news.error} title="The announcements could not be read" retry={() => void news.refetch()} />
      )}
      {news.isPending && <Bones rows={4} />}
      {news.data?.rows.length === 0 && (
        <Nothing icon={IconSpeakerphone} title="Nothing was announced yet">
          What concerns all customers is told here, and by mail unless you switched that off under{' '}
          <Link to="/settings">Settings</Link>.
        </Nothing>
      )}
      {news.data?.rows.map(({ announcementId, title, text, importance, from, read, standing }) => (
        <article key={announcementId} className="card stack news-card" aria-label={title}>
          <div className="news-head">
            <h2>
              {title}
              {importance === 'important' && <span className="news-important"> Important</span>}
            </h2>
            <span className="faint small">
              <Moment at={from} alone start />
              {standing === 'former' ? ' · over' : read ? ' · read' : ' · new'}
            </span>
          </div>
          <p className="news-text">{text}</p>
          {!read && standing === 'shown' && (
            <div>
              <Button variant="default" size="compact-md" onClick={() => mark(announcementId)}>
                Mark as read
              </Button>
            </div>
          )}
        </article>
      ))}
    </div>
  )
}
