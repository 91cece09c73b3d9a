import type { Call } from '../../api.ts'
import type { UploadDesk } from '../../shared/upload.ts'

/** Files that an answer will carry. */
export const replyFiles = (call: Call, path: { readonly customerId: string; readonly ticketId: number }): UploadDesk => ({
  takesText: true,
  announce: (body) => call('POST /api/admin/tickets/{customerId}/{ticketId}/uploads', { path, body }),
  became: (fileId) =>
    call('GET /api/admin/customers/{customerId}/uploads/{fileId}', { path: { customerId: path.customerId, fileId } }),
})
