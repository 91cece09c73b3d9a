import type { Call } from '../api.ts'
import type { UploadDesk } from '../shared/upload.ts'

/** Files of one's own: the picture of the account, and what is attached to messages. */
export const ownFiles = (call: Call, purpose: 'avatar' | 'attachment'): UploadDesk => ({
  takesText: purpose === 'attachment',
  announce: (file) => call('POST /api/uploads', { body: { purpose, ...file } }),
  became: (fileId) => call('GET /api/uploads/{fileId}', { path: { fileId } }),
})
