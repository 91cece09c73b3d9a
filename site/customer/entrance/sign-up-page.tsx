import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAnswer, useChange } from '../../shared/answers.ts'
import { useTitle } from '../../shared/title.ts'
import { useCatalogue } from '../catalogue.ts'
import { PublicFrame } from '../frame/public-frame.tsx'
import { session } from '../session.ts'
import { SignUpCode } from './sign-up-code.tsx'
import { SignUpForm, type Wanted } from './sign-up-form.tsx'

/** An account in two steps: who, and the code from the mail. The password stays on this page and signs in at the end. */
export function SignUpPage() {
  const { data: catalogue } = useCatalogue()
  const { data: policy } = useAnswer('GET /api/policy', {})
  const navigate = useNavigate()
  const answers = useQueryClient()
  const [wanted, setWanted] = useState<Wanted>()
  useTitle('Create an account', catalogue?.panelName)
  const signIn = useChange('POST /api/session', () => {
    answers.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'GET /api/catalogue' })
    session.begun()
    void navigate({ to: '/new', replace: true })
  })
  return (
    <PublicFrame narrow>
      {wanted ? (
        <SignUpCode
          email={wanted.email}
          finishing={signIn.isPending}
          back={() => setWanted(undefined)}
          confirmed={() =>
            signIn.mutate(
              { body: { email: wanted.email, password: wanted.password } },
              { onError: () => void navigate({ to: '/sign-in', search: { because: 'confirmed' } }) },
            )
          }
        />
      ) : (
        <SignUpForm terms={policy?.version} done={setWanted} />
      )}
    </PublicFrame>
  )
}
