import { Button } from '@mantine/core'
import { Notice } from './notice.tsx'

/** A page that broke, or whose code could not be fetched: said plainly, with a way out. */
export function PageFailed() {
  return (
    <div className="page-failed">
      <Notice
        tone="bad"
        title="This page could not be shown"
        actions={
          <Button size="xs" variant="default" onClick={() => location.reload()}>
            Load it again
          </Button>
        }
      >
        The connection may be gone, or the panel was just updated. Orders and money are as they were.
      </Notice>
    </div>
  )
}
