import { scopesFor } from '../../core/identity/scopes.ts'
import { decide, poolTrigger } from '../kit/pool-trigger.ts'

export const narrowTokens = poolTrigger({
  name: 'identity.narrow-tokens',
  summary: 'Takes from every access token the leave to change its account at the user pool, past the panel',
  failing: { hurts: 'nobody can sign in, and who is signed in is out after five minutes', runbook: 'tokens-not-made' },
  uses: {},
  run: scopesFor,
})

export const handler = decide(narrowTokens)
