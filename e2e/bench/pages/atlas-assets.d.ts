// The pages import the engine, which is otherwise in no program with Node's types.
/// <reference types="../../../src/engine/atlas-assets" />
