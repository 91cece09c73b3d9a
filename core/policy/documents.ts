import { cookiePage } from './cookies.ts'
import type { PolicyDocument, PolicyFacts } from './document.ts'
import { privacy } from './privacy.ts'
import { terms } from './terms.ts'

/** What the policy of this deployment says now. */
export const policyDocuments = (facts: PolicyFacts): readonly PolicyDocument[] => [terms(facts), privacy(facts), cookiePage()]
