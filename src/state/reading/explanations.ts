import type { Paper } from '../../core/paper/paper';
import type { TokenVectors } from '../../core/explain/token-vectors';
import type { Engine } from '../../engine/engine';
import type { Precision } from '../../engine/protocol';
import type { Store } from '../../storage/store';
import { tieOf, type Tie } from './explanation';

interface Deps {
  engine: Pick<Engine, 'embedTexts' | 'tokenVectors'>;
  store: Promise<Store>;
  /** How the library's vectors are made, and their key; null while there are none. */
  atlas: { precision: Precision | null; vectorKey: string | null };
}

/** So many are held: a few papers with all their nearest. */
const most = 64;
const mostTokens = 3;

/** Why papers are near each other, found when it is asked for and remembered while the page lasts. */
export class Reasons {
  readonly #deps: Deps;
  readonly #ties = new Map<string, Promise<Tie>>();
  readonly #tokens = new Map<string, Promise<TokenVectors>>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Rejects with what the engine fails with; asked again, it is tried again. */
  tie(left: Paper, right: Paper): Promise<Tie> {
    const { atlas } = this.#deps;
    const key = `${atlas.vectorKey} ${left.textHash} ${right.textHash}`;
    const known = this.#ties.get(key);
    if (known) return known;
    const tie = this.#find(left, right);
    this.#ties.set(key, tie);
    tie.catch(() => this.#ties.delete(key));
    const [oldest] = this.#ties.keys();
    if (this.#ties.size > most && oldest !== undefined) this.#ties.delete(oldest);
    return tie;
  }

  async #find(left: Paper, right: Paper): Promise<Tie> {
    const { engine, store, atlas } = this.#deps;
    const { precision, vectorKey } = atlas;
    if (precision === null || vectorKey === null)
      throw new Error('expected papers that were read for meaning');
    const tokensOf = (text: string) => this.#tokensOf(text, precision);
    return tieOf(left, right, { engine, tokensOf, store: await store, precision, vectorKey });
  }

  /** The last few are held, some 0.4 MB each: the paper that is open is compared with one after another. */
  #tokensOf(text: string, precision: Precision): Promise<TokenVectors> {
    const key = `${precision} ${text}`;
    const tokens =
      this.#tokens.get(key) ??
      this.#deps.engine.tokenVectors([text], precision).then(([own]) => {
        if (!own) throw new Error('expected the tokens of one text');
        return own;
      });
    // asked for last, so dropped last
    this.#tokens.delete(key);
    this.#tokens.set(key, tokens);
    tokens.catch(() => this.#tokens.delete(key));
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size > mostTokens && oldest !== undefined) this.#tokens.delete(oldest);
    return tokens;
  }
}
