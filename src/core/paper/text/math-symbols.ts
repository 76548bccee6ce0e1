function table(entries: string): ReadonlyMap<string, string> {
  return new Map(
    entries.split(/\s+/).map((entry) => {
      const [command = '', sign = ''] = entry.split('=', 2);
      return [command, sign === '' ? '=' : sign];
    }),
  );
}

/** TeX commands for Greek letters, without the backslash. */
export const greekLetters = table(
  'alpha=α beta=β gamma=γ delta=δ epsilon=ϵ varepsilon=ε zeta=ζ eta=η theta=θ vartheta=ϑ iota=ι kappa=κ ' +
    'varkappa=ϰ lambda=λ mu=μ nu=ν xi=ξ omicron=ο pi=π varpi=ϖ rho=ρ varrho=ϱ sigma=σ varsigma=ς tau=τ ' +
    'upsilon=υ phi=ϕ varphi=φ chi=χ psi=ψ omega=ω Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ ' +
    'Upsilon=Υ Phi=Φ Psi=Ψ Omega=Ω',
);

/** TeX commands for symbols other than letters, without the backslash. */
export const mathSigns = table(
  'le=≤ leq=≤ leqslant=≤ ge=≥ geq=≥ geqslant=≥ neq=≠ ne=≠ approx=≈ simeq=≃ cong=≅ equiv=≡ sim=∼ propto=∝ ll=≪ ' +
    'gg=≫ lesssim=≲ gtrsim=≳ lt=< gt=> times=× cdot=· pm=± mp=∓ div=÷ ast=* star=⋆ circ=∘ bullet=• oplus=⊕ ' +
    'otimes=⊗ odot=⊙ to=→ rightarrow=→ longrightarrow=→ leftarrow=← leftrightarrow=↔ mapsto=↦ Rightarrow=⇒ ' +
    'Leftarrow=⇐ Leftrightarrow=⇔ implies=⇒ iff=⇔ uparrow=↑ downarrow=↓ in=∈ notin=∉ ni=∋ subset=⊂ subseteq=⊆ ' +
    'supset=⊃ supseteq=⊇ cup=∪ cap=∩ setminus=∖ emptyset=∅ varnothing=∅ forall=∀ exists=∃ neg=¬ lnot=¬ wedge=∧ ' +
    'land=∧ vee=∨ lor=∨ perp=⊥ parallel=∥ mid=| vert=| lvert=| rvert=| Vert=‖ lVert=‖ rVert=‖ langle=⟨ rangle=⟩ ' +
    'lfloor=⌊ rfloor=⌋ lceil=⌈ rceil=⌉ lbrace={ rbrace=} prime=′ dagger=† ddagger=‡ ldots=… dots=… cdots=… ' +
    'vdots=… ddots=… degree=° colon=: infty=∞ partial=∂ nabla=∇ sum=∑ prod=∏ int=∫ hbar=ℏ ell=ℓ aleph=ℵ Re=ℜ Im=ℑ',
);
