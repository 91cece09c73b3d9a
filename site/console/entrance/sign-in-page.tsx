import './sign-in-page.css'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import type { Failure } from '../../failure.ts'
import { Mark } from '../../shared/mark.tsx'
import { Notice } from '../../shared/notice.tsx'
import { OfflineBar } from '../../shared/offline-bar.tsx'
import { safeReturn } from '../../shared/safe-return.ts'
import { useTitle } from '../../shared/title.ts'
import { AppCode } from './app-code.tsx'
import { EnrolApp } from './enrol-app.tsx'
import { OwnPassword } from './own-password.tsx'
import { PasswordStep } from './password-step.tsx'

type Next = Answer<'POST /api/admin/session'>['next']

/** What each step is handed. */
export interface StepProps {
  readonly go: (next: Next) => void
  /** The sign-in under way was not recognised any more. */
  readonly failed: (failure: Failure) => void
}

/** A password, then a code from an app; at the first time a password of one's own and the app itself. */
export function SignInPage({ returnTo }: { readonly returnTo: string | undefined }) {
  const [step, setStep] = useState<'password' | Exclude<Next, 'done'>>('password')
  const [expired, setExpired] = useState(false)
  const navigate = useNavigate()
  const answers = useQueryClient()
  useTitle('Sign in', 'Console')
  const go = (next: Next): void => {
    setExpired(false)
    if (next !== 'done') {
      setStep(next)
      return
    }
    answers.clear()
    void navigate({ href: safeReturn(returnTo, '/'), replace: true })
  }
  const failed = (failure: Failure): void => {
    if (failure.code !== 'sign-in-expired') return
    setExpired(true)
    setStep('password')
  }
  const steps = { password: PasswordStep, 'new-password': OwnPassword, 'enrol-totp': EnrolApp, totp: AppCode }
  const Step = steps[step]
  return (
    <div className="console-entrance">
      <OfflineBar />
      <main className="console-entrance-main">
        <p className="console-entrance-mark">
          <Mark /> Console
        </p>
        {expired && (
          <Notice tone="warn" title="This sign-in took too long.">
            Three minutes are given from the password to the code. Start again.
          </Notice>
        )}
        <Step go={go} failed={failed} />
      </main>
    </div>
  )
}
