import { LegalDocument } from './document.tsx'

export function CookiesPage({ version }: { readonly version: number | undefined }) {
  return <LegalDocument name="cookies" version={version} />
}
