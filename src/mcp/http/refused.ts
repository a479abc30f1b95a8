import type { RequestId } from '@modelcontextprotocol/server';

/** Why a request is not answered, or no longer: the message says what to do. */
export interface Refused {
  status: number;
  message: string;
  /** A code of JSON-RPC; that of a server's own errors where absent. */
  code?: number;
  headers?: Readonly<Record<string, string>>;
}

export const rpcCodes = { own: -32000, noSession: -32001, invalid: -32600, unreadable: -32700 } as const;

export function refusedError<Id extends RequestId | null>(
  { message, code = rpcCodes.own }: Refused,
  id: Id,
): { jsonrpc: '2.0'; id: Id; error: { code: number; message: string } } {
  return { jsonrpc: '2.0', id, error: { code, message } };
}

export function refusedResponse(refused: Refused, id: RequestId | null = null): Response {
  return Response.json(refusedError(refused, id), { status: refused.status, headers: refused.headers ?? {} });
}
