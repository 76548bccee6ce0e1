/** The failures the app expects. The message says what failed; state/, which shows it, adds what to do next. */
export type AppErrorCode =
  | 'file-unreadable' // the browser cannot read a file that was given to it
  | 'file-too-slow' // a file took longer to read than one of its size may
  | 'asset-missing' // the server has no such file, or answers with a page instead
  | 'asset-corrupt' // the bytes are not those that the build wrote
  | 'backend-refused' // no backend reproduced the canary's vector
  | 'worker-lost' // a worker died repeatedly
  | 'storage-unavailable' // no IndexedDB
  | 'storage-blocked' // another tab keeps an older version of the database open
  | 'storage-newer' // a newer version of the app has written the database
  | 'storage-full'
  | 'storage-lost' // the connection was closed by the browser
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
