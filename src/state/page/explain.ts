import { AppError } from '../../core/errors';

/** A failure in words for the reader. Our own sentences pass; what a browser says follows a sentence of ours. */
export function explain(error: unknown): string {
  if (error instanceof AppError) return asSentence(error.message);
  const detail = error instanceof Error ? error.message : String(error);
  return asSentence(`Something failed that should not: ${detail}`);
}

/** The failure as one of those that the app expects. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('storage-unavailable', explain(error), { cause: error });
}

function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
