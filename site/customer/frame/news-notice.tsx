import './policy-notice.css'
import { Button } from '@mantine/core'
import { Link, useLocation } from '@tanstack/react-router'
import { useAnswer } from '../../shared/answers.ts'
import { Notice } from '../../shared/notice.tsx'
import { useMarkRead } from '../news/use-mark-read.ts'

/** The newest announcement that was not read yet, above every page but the one that has them all. */
export function NewsNotice() {
  const news = useAnswer('GET /api/announcements', {}, { staleMilliseconds: 60_000 })
  const mark = useMarkRead()
  const isNews = useLocation({ select: ({ pathname }) => pathname === '/news' })
  const unread = news.data?.rows.filter(({ read, standing }) => !read && standing === 'shown') ?? []
  const [first] = unread.toSorted((one, other) => Number(other.importance === 'important') - Number(one.importance === 'important'))
  if (!first || isNews) return null
  return (
    <div className="policy-notice">
      <Notice
        tone={first.importance === 'important' ? 'warn' : 'info'}
        title={first.title}
        actions={
          <>
            <Link to="/news">{unread.length > 1 ? `All news (${unread.length} unread)` : 'Read it'}</Link>
            <Button variant="default" size="compact-md" onClick={() => mark(first.announcementId)}>
              Mark as read
            </Button>
          </>
        }
      >
        {first.text.length > 200 ? `${first.text.slice(0, 200)}…` : first.text}
      </Notice>
    </div>
  )
}
