import { AppError } from '../../core/errors';
import type { Cancel, InputOf, OutputOf, ProgressOf, Reply, Request } from '../protocol';

export interface CallContext<Progress> {
  /** Aborted when the page no longer needs the result. */
  signal: AbortSignal;
  /** The page owns the buffers in `transfer` afterwards. */
  report(progress: Progress, transfer?: Transferable[]): void;
}

/** The result of a handler. The page owns the buffers in `transfer` afterwards. */
export interface Answer<Output> {
  output: Output;
  transfer?: Transferable[];
}

export type Handler<C> = (
  input: InputOf<C>,
  context: CallContext<ProgressOf<C>>,
) => Answer<OutputOf<C>> | Promise<Answer<OutputOf<C>>>;

export type Handlers<Calls> = { [Name in keyof Calls & string]: Handler<Calls[Name]> };

/** The worker's end of the connection. */
export interface ServerPort {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** Answers the calls that arrive at `port`. When a handler throws, an error is the reply; the worker lives on. */
export function serve<Calls>(port: ServerPort, handlers: Handlers<Calls>): void {
  const running = new Map<number, AbortController>();
  const reply = (message: Reply, transfer: Transferable[] = []) => port.postMessage(message, transfer);

  async function answer(request: Request<Calls>): Promise<void> {
    const { id } = request;
    // A request holds a name and the input of that name, which TypeScript cannot follow through the map.
    const handler = handlers[request.name] as Handler<Calls[keyof Calls & string]>;
    const input = request.input as InputOf<Calls[keyof Calls & string]>;
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const { output, transfer } = await handler(input, {
        signal: controller.signal,
        report: (progress, buffers) => reply({ kind: 'progress', id, progress }, buffers),
      });
      reply({ kind: 'result', id, output }, transfer);
    } catch (error) {
      reply(errorReply(id, error));
    } finally {
      running.delete(id);
    }
  }

  port.addEventListener('message', (event: MessageEvent<Request<Calls> | Cancel>) => {
    const message = event.data;
    if (message.kind === 'cancel') running.get(message.id)?.abort();
    else void answer(message);
  });
}

function errorReply(id: number, error: unknown): Reply {
  const code = error instanceof AppError ? error.code : null;
  if (!(error instanceof Error)) return { kind: 'error', id, code, message: String(error) };
  const { message, stack } = error;
  return { kind: 'error', id, code, message, ...(stack === undefined ? {} : { stack }) };
}
