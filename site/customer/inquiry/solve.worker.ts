import { isFound } from '../../../core/inquiries/challenge.ts'

/** Hashes asked for at once: the browser has several hands. */
const atOnce = 256

async function solve(challenge: string, bits: number): Promise<string> {
  const encoder = new TextEncoder()
  for (let from = 0; ; from += atOnce) {
    const hashes = await Promise.all(
      Array.from({ length: atOnce }, (_, at) => crypto.subtle.digest('SHA-256', encoder.encode(`${challenge}.${from + at}`))),
    )
    const found = hashes.findIndex((hash) => isFound(new Uint8Array(hash), bits))
    if (found >= 0) return String(from + found)
  }
}

addEventListener('message', ({ data }: MessageEvent<{ readonly challenge: string; readonly bits: number }>) => {
  void solve(data.challenge, data.bits).then((solution) => postMessage(solution))
})
