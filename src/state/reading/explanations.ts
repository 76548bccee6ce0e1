import { BoundedCache } from '../../core/async/bounded-cache';
import type { TokenVectors } from '../../core/explain/token-vectors';
import type { Paper } from '../../core/paper/paper';
import type { Engine } from '../../engine/engine';
import type { Precision } from '../../engine/protocol';
import type { StoreFacets } from '../../storage/store';
import type { Explanation } from './explanation';

interface Deps {
  engine: Pick<Engine, 'embedTexts' | 'tokenVectors'>;
  store: Pick<StoreFacets, 'vectors'>;
  /** How the library's vectors are computed, and their key; null while there are none. */
  atlas: { precision: Precision | null; vectorKey: string | null };
}

/** Enough for a few papers with all their nearest. */
const cachedExplanations = 64;
/** Some 0.4 MB each. Few are enough: the open paper is compared with one paper after another. */
const cachedTexts = 3;

/** Why papers are near each other, computed on demand and cached while the page lasts. */
export class Explanations {
  readonly #deps: Deps;
  readonly #explanations = new BoundedCache<string, Promise<Explanation>>(cachedExplanations);
  readonly #tokens = new BoundedCache<string, Promise<TokenVectors>>(cachedTexts);

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Rejects as the engine does; a second call then tries again. */
  explain(left: Paper, right: Paper): Promise<Explanation> {
    const key = `${this.#deps.atlas.vectorKey} ${left.textHash} ${right.textHash}`;
    const known = this.#explanations.get(key);
    if (known) return known;
    const explanation = this.#compute(left, right);
    this.#explanations.set(key, explanation);
    explanation.catch(() => this.#explanations.delete(key));
    return explanation;
  }

  async #compute(left: Paper, right: Paper): Promise<Explanation> {
    const { engine, store, atlas } = this.#deps;
    const { precision, vectorKey } = atlas;
    if (precision === null || vectorKey === null) throw new Error('expected papers that have vectors');
    // apart from the first paint
    const { explainPair } = await import('./explanation');
    const tokensOf = (text: string) => this.#tokensOf(text, precision);
    return explainPair(left, right, { engine, tokensOf, store, precision, vectorKey });
  }

  #tokensOf(text: string, precision: Precision): Promise<TokenVectors> {
    const key = `${precision} ${text}`;
    const tokens =
      this.#tokens.get(key) ??
      this.#deps.engine.tokenVectors([text], precision).then(([own]) => {
        if (!own) throw new Error('expected the tokens of one text');
        return own;
      });
    // set again as the newest, so that it is dropped last
    this.#tokens.delete(key);
    this.#tokens.set(key, tokens);
    tokens.catch(() => this.#tokens.delete(key));
    return tokens;
  }
}
