/** The failures the app expects. What to say is the error's message; what to do next is said by state/, which shows it. */
export type AppErrorCode =
  | 'file-unreadable' // the browser cannot read a file that was given to it
  | 'file-too-slow' // a file took longer to read than one of its size may
  | 'asset-missing' // the server has no such file, or answers a page in its place
  | 'asset-corrupt' // the bytes are not the ones the build wrote
  | 'backend-refused' // no way to compute gave the canary's vector
  | 'worker-lost' // a worker died, again and again
  | 'storage-unavailable' // no IndexedDB
  | 'storage-full'
  | 'storage-lost' // the connection was closed under us
  | 'library-changed'; // another tab has committed since the library was loaded

/** An expected failure: a code the app can act on and a plain sentence the reader can read. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: AppErrorCode;

  constructor(code: AppErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
