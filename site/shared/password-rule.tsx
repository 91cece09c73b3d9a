import './password-rule.css'
import { IconCheck, IconPoint } from '@tabler/icons-react'

const parts = [
  ['At least 10 characters', (password: string) => password.length >= 10],
  ['A letter', (password: string) => /\p{L}/u.test(password)],
  ['A digit', (password: string) => /\d/.test(password)],
] as const

/** Whether a password keeps the rule, as far as a page can tell: common ones are the panel's to refuse. */
export const keepsRule = (password: string): boolean => parts.every(([, holds]) => holds(password))

/** The rule of passwords, told before it is broken. */
export function PasswordRule({ password }: { readonly password: string }) {
  return (
    <ul className="password-rule">
      {parts.map(([words, holds]) => {
        const kept = holds(password)
        const Icon = kept ? IconCheck : IconPoint
        return (
          <li key={words} data-kept={kept}>
            <Icon size={14} stroke={2} aria-hidden />
            {words}
            <span className="unseen">{kept ? ' (kept)' : ''}</span>
          </li>
        )
      })}
    </ul>
  )
}
