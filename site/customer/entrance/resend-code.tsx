import '../../shared/link-button.css'
import { useChange } from '../../shared/answers.ts'
import { useCountdown } from '../../shared/use-countdown.ts'

const pauseSeconds = 30

/** Sends the code again, not oftener than a mail takes to arrive. */
export function ResendCode({ email }: { readonly email: string }) {
  const [left, restart] = useCountdown(pauseSeconds)
  const resend = useChange('POST /api/sign-up/code', restart)
  return (
    <span role="status">
      {left > 0 ? (
        <span className="faint tabular">
          {resend.isSuccess ? 'Sent again. ' : ''}Send again in {left} s
        </span>
      ) : (
        <button
          type="button"
          className="link-button"
          onClick={() => resend.mutate({ body: { email } })}
          disabled={resend.isPending}
        >
          Send the code again
        </button>
      )}
      {resend.error && <span className="faint"> {resend.error.message}</span>}
    </span>
  )
}
