import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Failure } from '../failure.ts'
import { Notice } from './notice.tsx'

interface FailureNoticeProps {
  readonly failure: Failure
  /** What did not work: "Your orders could not be read". */
  readonly title: string
  /** What it means for the money, where the panel's own sentence does not say so. */
  readonly children?: ReactNode
  readonly retry?: () => void
}

/** A no, or no answer: the panel's own sentence, its reference, and a way to try again. */
export function FailureNotice({ failure, title, children, retry }: FailureNoticeProps) {
  return (
    <Notice
      tone="bad"
      title={title}
      actions={
        (retry || failure.reference) && (
          <>
            {retry && (
              <Button size="xs" variant="default" onClick={retry}>
                Try again
              </Button>
            )}
            {failure.reference && <span className="reference">Reference {failure.reference}</span>}
          </>
        )
      }
    >
      <p>
        {failure.message} {children}
      </p>
    </Notice>
  )
}
