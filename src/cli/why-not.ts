/** What the system says when it cannot do something with a file. */
export type SystemError = Error & { readonly code: unknown; readonly syscall: unknown };

/** Whether it was the system that failed, and not the program. */
export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

/** Why the system would not read or write a file, in words that fit behind a colon; its own where it is a rare one. */
export function whyNot(cause: unknown, doing: 'read' | 'write'): string {
  if (!isSystemError(cause)) return cause instanceof Error ? cause.message : String(cause);
  switch (cause.code) {
    case 'ENOENT':
      return doing === 'read' ? 'there is no such file' : 'its folder is not there';
    case 'ENOTDIR':
      return 'what should be its folder is a file';
    case 'EISDIR':
      return 'it is a folder';
    case 'EACCES':
    case 'EPERM':
      return doing === 'read' ? 'you may not read it' : 'you may not write there';
    case 'EROFS':
      return 'that disk can only be read';
    case 'ENAMETOOLONG':
      return 'its name is too long';
    default:
      return cause.message;
  }
}
