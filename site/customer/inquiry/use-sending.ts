import { type FormEvent, useState } from 'react'
import { type Failure, failureFrom } from '../../failure.ts'
import { type Proof, useProof } from './use-proof.ts'

/** Sends a form that needs no account, once its proof is worked out; and what was answered. */
export function useSending<Reply>(isReady: boolean, send: (proof: Proof) => Promise<Reply>) {
  const prove = useProof()
  const [isSending, setIsSending] = useState(false)
  const [answer, setAnswer] = useState<Reply>()
  const [failure, setFailure] = useState<Failure>()
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (!isReady || isSending) return
    setIsSending(true)
    setFailure(undefined)
    try {
      setAnswer(await send(await prove()))
    } catch (error) {
      setFailure(failureFrom(error))
    }
    setIsSending(false)
  }
  return { isSending, answer, failure, submit }
}
