import './recovery-codes.css'
import { Button } from '@mantine/core'
import { CopyButton } from '../../shared/copy-button.tsx'

/** The one time recovery codes are shown: only their hashes are kept. */
export function RecoveryCodes({ codes, done }: { readonly codes: readonly string[]; readonly done: () => void }) {
  return (
    <div className="stack">
      <p className="soft">
        If the app is lost, one of these signs you in, once. Keep them somewhere else than the phone with the app. They are not
        shown again: we keep a fingerprint of each only.
      </p>
      <ul className="recovery-codes" data-testid="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="row wrap">
        <CopyButton text={codes.join('\n')} label="Copy all codes" words />
      </div>
      <Button onClick={done}>I have kept them</Button>
    </div>
  )
}
