/**
 * Which protobuf message a graph object was read from. Writing starts from that message, so that everything
 * the engine does not know (documentation, unknown fields of newer versions, node metadata) survives.
 *
 * Graph objects are immutable, so an object that is still the same one is still what its message says.
 * Weak keys: the messages live as long as the objects.
 */
const sources = new WeakMap<object, unknown>();

export function rememberSource<Value extends object>(value: Value, message: unknown): Value {
  sources.set(value, message);
  return value;
}

export function sourceOf<Message>(value: object): Message | undefined {
  return sources.get(value) as Message | undefined;
}

/** Lets a changed copy of an object keep what its original was read with. */
export function carrySource<Value extends object>(from: object, to: Value): Value {
  const message = sources.get(from);
  return message === undefined ? to : rememberSource(to, message);
}
