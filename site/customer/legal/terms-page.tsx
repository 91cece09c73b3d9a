import { LegalDocument } from './document.tsx'

export function TermsPage({ version }: { readonly version: number | undefined }) {
  return <LegalDocument name="terms" version={version} />
}
