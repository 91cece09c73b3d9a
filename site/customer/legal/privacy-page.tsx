import { LegalDocument } from './document.tsx'

export function PrivacyPage({ version }: { readonly version: number | undefined }) {
  return <LegalDocument name="privacy" version={version} />
}
