// The pages import the engine, which no other TypeScript program with Node's types includes.
/// <reference types="../../../src/engine/assets/atlas-assets" />
