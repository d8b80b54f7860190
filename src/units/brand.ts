// Two numbers of one unit that must never be swapped get types of their own. Arithmetic on them gives a plain number, which is
// named again where its meaning is known.

declare const brand: unique symbol;

/** A `T` that only a value named the same may stand for. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
